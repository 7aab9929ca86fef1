"""When a story is withdrawn, what it was made of goes with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from core.sharing import clearance_withdrawn
from stories.consent.models import Withdrawal
from stories.submissions.erasing import erase_content
from stories.submissions.models import Submission


@receiver(clearance_withdrawn)
def erase_what_it_was_made_of(withdrawal: UUID | None = None, **kwargs: Any) -> None:
    """Sent again for the same withdrawal, there is nothing left to do."""
    if withdrawal is None:
        return
    keys = Withdrawal.objects.filter(reference=withdrawal).values("story_key")
    for submission in Submission.objects.filter(story_key__in=keys, erased_at=None):
        erase_content(submission)
