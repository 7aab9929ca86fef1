"""A draft from its first word until it is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from stories.consent.dates import today
from stories.submissions.auditing import Action, note
from stories.submissions.links import new_token
from stories.submissions.models import HeldBack, Submission

TYPES_IN = timedelta(seconds=20)
"""Nobody reads the questions and answers them faster."""
MANY_LINKS = 3
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class ChangedMeanwhile(Exception):
    """The draft was changed in another window after this form was opened."""


def start_draft(language: str, campaign: str, *, trapped: bool = False) -> tuple[Submission, str]:
    """An empty draft and the token of its private link, which cannot be shown a second time."""
    token, handle, digest = new_token()
    submission = Submission.objects.create(
        handle=handle,
        digest=digest,
        language=language,
        campaign=campaign,
        held_back=HeldBack.TRAP if trapped else "",
        erase_on=today() + timedelta(days=settings.SUBMISSIONS_DRAFT_DAYS),
    )
    return submission, token


@transaction.atomic
def save_draft(
    submission: Submission, seen_version: int | None, answers: Mapping[str, Any], **fields: Any
) -> Submission:
    """Keeps what one step asked for; the other steps stay as they are.

    Raises ``ChangedMeanwhile`` when another window saved something else meanwhile, or sent it.
    """
    drafts = Submission.objects.filter(pk=submission.pk, state=Submission.State.DRAFT)
    saved = drafts.filter(version=seen_version) if seen_version is not None else drafts
    if not saved.update(version=F("version") + 1):
        raise ChangedMeanwhile
    draft = Submission.objects.get(pk=submission.pk)
    draft.answers = {**draft.answers, **answers}
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.erase_on = today() + timedelta(days=settings.SUBMISSIONS_DRAFT_DAYS)
    draft.save()
    return draft


@transaction.atomic
def send(submission: Submission) -> bool:
    """Puts a draft into the queue. False when it was sent before: twice is the same as once."""
    now = timezone.now()
    sent = Submission.objects.filter(pk=submission.pk, state=Submission.State.DRAFT).update(
        state=Submission.State.SENT,
        sent_at=now,
        erase_on=today() + timedelta(days=settings.SUBMISSIONS_KEEP_DAYS),
        held_back=submission.held_back or _looks_like_spam(submission),
        version=F("version") + 1,
    )
    if sent:
        note(submission, Action.SENT)
    return bool(sent)


def _looks_like_spam(submission: Submission) -> str:
    if timezone.now() - submission.created_at < TYPES_IN:
        return HeldBack.FAST
    text = " ".join(str(value) for value in submission.answers.values())
    return HeldBack.LINKS if len(LINK.findall(text)) >= MANY_LINKS else ""
