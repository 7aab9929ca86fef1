"""The heartbeat's part: what ends today, who has to be reminded, what was interrupted."""

from __future__ import annotations

from stories.consent.cascade.running import unfinished
from stories.consent.expiring import erase_identities, take_expired_offline
from stories.consent.reminding import send_reminders
from stories.consent.tasks import erase_withdrawn_story


def tick() -> int:
    """Returns how many withdrawals were handed to a worker."""
    take_expired_offline()
    send_reminders()
    erase_identities()
    waiting = list(unfinished().values_list("pk", flat=True)[:100])
    for pk in waiting:
        erase_withdrawn_story.enqueue(pk)
    return len(waiting)
