"""Erasing what somebody told: by their own wish, when the time is over, or with the story that was made of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from stories.submissions.auditing import Action, note
from stories.submissions.files import delete_file, forget_file
from stories.submissions.models import Submission

State = Submission.State


def erase_content(submission: Submission, state: Submission.State | None = None) -> None:
    """Everything that was told goes; reference, dates and the trail stay. Twice is the same as once.

    A draft that was never sent leaves nothing at all.
    """
    if submission.is_draft:
        submission.delete()
        delete_file(submission.file.name)
        return
    with transaction.atomic():
        # The row first: a file that a crash leaves behind has lost its key with it.
        name = submission.file.name
        submission.answers, submission.contact, submission.ticks = {}, {}, {}
        forget_file(submission)
        submission.erased_at = submission.erased_at or timezone.now()
        submission.version += 1
        if state is not None:
            submission.state = state
        submission.messages.all().delete()
        submission.save()
        note(submission, Action.ERASED)
    delete_file(name)


def take_back(submission: Submission) -> None:
    """The teller takes back what was sent, or throws a draft away."""
    if submission.is_draft or submission.is_erased:
        if submission.is_draft:
            erase_content(submission)
        return
    note(submission, Action.TAKEN_BACK)
    erase_content(submission, State.TAKEN_BACK)


def erase_overdue() -> int:
    """What the heartbeat does: everything whose last day has come. Returns how many."""
    overdue = list(Submission.objects.to_erase()[:200])
    for submission in overdue:
        erase_content(submission, State.EXPIRED if submission.is_waiting else None)
    return len(overdue)
