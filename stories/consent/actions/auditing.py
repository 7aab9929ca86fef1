"""Writing down who did what to a consent. Numbers, dates and purposes only: never a name or a word of a story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stories.consent.models import AuditEntry, ConsentRecord

if TYPE_CHECKING:
    from core.models import User

Action = AuditEntry.Action


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an officer with an account, the person by the private link, or the site by itself."""

    kind: AuditEntry.Actor
    user: User | None = None


TELLER = Actor(AuditEntry.Actor.TELLER)
SYSTEM = Actor(AuditEntry.Actor.SYSTEM)


def officer(user: User | None) -> Actor:
    return Actor(AuditEntry.Actor.OFFICER, user)


def note(record: ConsentRecord, action: AuditEntry.Action, actor: Actor, **data: Any) -> AuditEntry:
    return AuditEntry.objects.create(
        record=record,
        story_key=record.story_key,
        actor=actor.kind,
        user_id=actor.user.pk if actor.user else None,
        action=action,
        data=data,
    )
