"""What moderators do with a submission: assign, answer, decline, and let it back into the queue."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.consent.dates import today
from stories.submissions.auditing import Action, note
from stories.submissions.models import Submission, SubmissionMessage

if TYPE_CHECKING:
    from core.models import User

By = SubmissionMessage.By
State = Submission.State


class DecidedMeanwhile(ValidationError):
    """Somebody else decided, or the teller took it back."""

    def __init__(self) -> None:
        super().__init__(
            _("Meanwhile somebody else decided about this submission, or it was taken back. Look again.")
        )


def assign(submission: Submission, to: User | None, by: User) -> None:
    Submission.objects.filter(pk=submission.pk).update(assigned_to=to)
    note(submission, Action.ASSIGNED, by, to=to.pk if to else None)


def release(submission: Submission, by: User) -> None:
    """It was no spam: into the queue."""
    Submission.objects.filter(pk=submission.pk).update(held_back="")
    note(submission, Action.RELEASED, by)


@transaction.atomic
def write(submission: Submission, text: str, user: User | None = None) -> SubmissionMessage:
    """A message of the teller or, with ``user``, of the team. The time until erasing begins anew.

    The same message twice in a row is one. Raises ``DecidedMeanwhile`` when there is nobody to talk to any more.
    """
    rows = Submission.objects.filter(pk=submission.pk, erased_at=None).exclude(state=State.DRAFT)
    if not rows.update(version=F("version") + 1):
        raise DecidedMeanwhile
    by = By.TEAM if user else By.TELLER
    last = submission.messages.order_by("pk").last()
    if last and last.by == by and str(last.text) == text:
        return last
    rows.filter(state=State.SENT).update(erase_on=today() + timedelta(days=settings.SUBMISSIONS_KEEP_DAYS))
    message = SubmissionMessage.objects.create(submission=submission, by=by, user=user, text=text)
    note(submission, Action.REPLIED if user else Action.WROTE, user)
    return message


def mark_read(submission: Submission, written_by: SubmissionMessage.By) -> None:
    submission.messages.filter(by=written_by, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def decide(submission: Submission, state: Submission.State) -> None:
    """From waiting to ``state``, once. Raises ``DecidedMeanwhile`` for the second of two people."""
    decided = Submission.objects.filter(pk=submission.pk, state=State.SENT, erased_at=None).update(
        state=state,
        decided_at=timezone.now(),
        erase_on=today() + timedelta(days=settings.SUBMISSIONS_DECIDED_DAYS),
        version=F("version") + 1,
    )
    if not decided:
        raise DecidedMeanwhile
    submission.refresh_from_db()


@transaction.atomic
def decline(submission: Submission, reason: str, by: User) -> None:
    """The teller reads the reason behind their private link."""
    decide(submission, State.DECLINED)
    SubmissionMessage.objects.create(submission=submission, by=By.TEAM, user=by, text=reason)
    note(submission, Action.DECLINED, by)
