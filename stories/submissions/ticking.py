"""The heartbeat's part."""

from __future__ import annotations

from stories.submissions.erasing import erase_overdue


def tick() -> int:
    """Erases what is due. Returns how many submissions that were."""
    return erase_overdue()
