"""Takes a withdrawal through its steps. Killed anywhere, it goes on where it was, and ends the same."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from stories.consent.actions.auditing import SYSTEM, Action, note
from stories.consent.models import ConsentRecord, Step, Withdrawal, WithdrawalStep

from .files import empty_caches, erase_files, list_files
from .offline import recall_posts, take_offline, write_it_down
from .texts import erase_pages, erase_remarks, erase_traces, erase_translations

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than the slowest step

WORK: dict[Step, Callable[[Withdrawal], dict[str, Any]]] = {
    Step.OFFLINE: take_offline,
    Step.TOMBSTONE: write_it_down,
    Step.POSTS: recall_posts,
    Step.INVENTORY: list_files,
    Step.TRANSLATIONS: erase_translations,
    Step.TRACES: erase_traces,
    Step.PAGES: erase_pages,
    Step.FILES: erase_files,
    Step.CACHES: empty_caches,
    Step.REMARKS: erase_remarks,
}


def run_withdrawal(pk: int) -> bool:
    """Bring a withdrawal to its end. False when another worker has it, or when it is done."""
    withdrawal = _claim(pk)
    if withdrawal is None:
        return False
    for step in Step:
        if not _keep_lease(withdrawal):
            return False
        do_step(withdrawal, step)
    _finish(withdrawal)
    return True


def do_step(withdrawal: Withdrawal, step: Step) -> WithdrawalStep:
    """Do a step, unless it is done, and note it. A step that was done but not noted is done again: no harm."""
    done = withdrawal.steps.filter(name=step).first()
    if done:
        return done
    report = WORK[step](withdrawal)
    noted, __ = WithdrawalStep.objects.get_or_create(
        withdrawal=withdrawal, name=step, defaults={"finished_at": timezone.now(), "report": report}
    )
    return noted


def unfinished() -> Any:
    """Withdrawals that nobody is working on."""
    now = timezone.now()
    return Withdrawal.objects.filter(state=Withdrawal.State.RUNNING).filter(
        Q(lease_until=None) | Q(lease_until__lt=now)
    )


def _claim(pk: int) -> Withdrawal | None:
    token = uuid4()
    claimed = unfinished().filter(pk=pk).update(claim_token=token, lease_until=timezone.now() + LEASE)
    return Withdrawal.objects.get(pk=pk) if claimed else None


def _keep_lease(withdrawal: Withdrawal) -> bool:
    return bool(
        Withdrawal.objects.filter(pk=withdrawal.pk, claim_token=withdrawal.claim_token).update(
            lease_until=timezone.now() + LEASE
        )
    )


@transaction.atomic
def _finish(withdrawal: Withdrawal) -> None:
    now = timezone.now()
    finished = Withdrawal.objects.filter(
        pk=withdrawal.pk, claim_token=withdrawal.claim_token, state=Withdrawal.State.RUNNING
    ).update(state=Withdrawal.State.DONE, finished_at=now, lease_until=None, claim_token=None, inventory={})
    if finished:
        for record in ConsentRecord.objects.filter(story_key=withdrawal.story_key):
            note(record, Action.ERASED, SYSTEM, reference=str(withdrawal.reference))
