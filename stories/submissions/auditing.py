"""Writing down who did what. Numbers and states only: never a word that was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stories.submissions.models import Submission, SubmissionEntry

if TYPE_CHECKING:
    from core.models import User

Action = SubmissionEntry.Action


def note(
    submission: Submission, action: SubmissionEntry.Action, user: User | None = None, **data: Any
) -> SubmissionEntry:
    """Without ``user``: the teller, or the site by itself."""
    return SubmissionEntry.objects.create(
        submission=submission, action=action, user_id=user.pk if user else None, data=data
    )
