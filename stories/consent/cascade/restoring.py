"""After a backup was restored: what was withdrawn is withdrawn again, before anybody reads it."""

from __future__ import annotations

from django.db import transaction

from stories.consent.actions.auditing import SYSTEM, Action, note
from stories.consent.addresses import withdraw_digests
from stories.consent.models import ConsentRecord, Withdrawal
from stories.consent.tombstones import Tombstone, read_tombstones
from stories.models import StoryPage

from .offline import take_offline
from .running import run_withdrawal


def apply_tombstones() -> int:
    """Erase again every withdrawn story that is back. Returns how many were."""
    return sum(_apply(tombstone) for tombstone in read_tombstones())


def _apply(tombstone: Tombstone) -> bool:
    known = Withdrawal.objects.filter(story_key=tombstone.story_key).first()
    is_back = StoryPage.objects.filter(translation_key=tombstone.story_key).exists()
    if known and (not known.is_done or not is_back):
        return False
    withdrawal = _begin_again(tombstone)
    if is_back:
        take_offline(withdrawal)
    run_withdrawal(withdrawal.pk)
    return is_back


@transaction.atomic
def _begin_again(tombstone: Tombstone) -> Withdrawal:
    """The withdrawal as it was before the backup, with nothing done yet."""
    withdraw_digests(tombstone.addresses, tombstone.story_key, tombstone.withdrawn_at)
    withdrawal, __ = Withdrawal.objects.update_or_create(
        story_key=tombstone.story_key,
        defaults={
            "reference": tombstone.reference,
            "requested_at": tombstone.withdrawn_at,
            "state": Withdrawal.State.RUNNING,
            "finished_at": None,
            "lease_until": None,
            "claim_token": None,
        },
        create_defaults={
            "reference": tombstone.reference,
            "requested_at": tombstone.withdrawn_at,
            "requested_by": Withdrawal.By.RESTORE,
        },
    )
    withdrawal.steps.all().delete()
    for record in ConsentRecord.objects.filter(story_key=tombstone.story_key):
        if record.is_active:
            record.state = ConsentRecord.State.WITHDRAWN
            record.withdrawn_at = tombstone.withdrawn_at
            record.save(update_fields=["state", "withdrawn_at"])
            record.ticks.filter(ended_at=None).update(ended_at=tombstone.withdrawn_at)
        note(record, Action.RESTORED, SYSTEM, reference=str(tombstone.reference))
    return withdrawal
