"""Taking the consent back: at once for readers, and then to the last trace."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from stories.consent.cascade.running import do_step
from stories.consent.models import AuditEntry, ConsentRecord, ConsentTick, Step, Withdrawal

from .auditing import Action, Actor, note

logger = logging.getLogger(__name__)

AT_ONCE = (Step.OFFLINE, Step.TOMBSTONE, Step.POSTS)

BY = {
    AuditEntry.Actor.TELLER: Withdrawal.By.TELLER,
    AuditEntry.Actor.OFFICER: Withdrawal.By.OFFICER,
}


def withdraw_story(story_key: UUID, actor: Actor) -> Withdrawal:
    """Take a story offline in every language before this returns, and have it erased by a worker.

    Twice, or by two people at once, is the same as once.
    """
    withdrawal = _begin(story_key, actor)
    if not withdrawal.is_done:
        _do_at_once(withdrawal)
        _erase_later(withdrawal)
    return withdrawal


def _do_at_once(withdrawal: Withdrawal) -> None:
    """What readers would notice. What fails here is no reason to refuse: a worker does it again."""
    try:
        for step in AT_ONCE:
            do_step(withdrawal, step)
    except Exception:
        logger.exception("Withdrawal %s was not carried out at once", withdrawal.pk)


@transaction.atomic
def _begin(story_key: UUID, actor: Actor) -> Withdrawal:
    now = timezone.now()
    withdrawal, created = Withdrawal.objects.get_or_create(
        story_key=story_key,
        defaults={"requested_at": now, "requested_by": BY[actor.kind], "user": actor.user},
    )
    if created:
        records = ConsentRecord.objects.filter(story_key=story_key)
        for record in records:
            note(record, Action.WITHDRAWN, actor, reference=str(withdrawal.reference))
        ConsentTick.objects.filter(record__in=records, ended_at=None).update(ended_at=now)
        records.update(state=ConsentRecord.State.WITHDRAWN, withdrawn_at=now)
    return withdrawal


def _erase_later(withdrawal: Withdrawal) -> None:
    from stories.consent.tasks import erase_withdrawn_story

    transaction.on_commit(lambda: erase_withdrawn_story.enqueue(withdrawal.pk))
