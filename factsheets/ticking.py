"""What info sheets need from time to time, whether or not somebody is there."""

from __future__ import annotations

from factsheets.refreshing import changed_facts
from factsheets.reminding import send_reminders
from factsheets.tasks import print_stale


def tick() -> None:
    """Facts whose value changed at midnight, and mails that are due. Doing it twice changes nothing."""
    for __ in changed_facts():
        pass
    send_reminders()


def print_stale_sheets() -> None:
    """What no signal tells: a review became overdue, a file is gone, the software prints differently now."""
    print_stale.enqueue()
