"""The heartbeat's part."""

from __future__ import annotations

from stories.submissions.erasing import erase_overdue
from stories.submissions.telling import tell_of_new_submissions


def tick() -> int:
    """Tells of what is new and erases what is due. Returns how many submissions were erased."""
    tell_of_new_submissions()
    return erase_overdue()
