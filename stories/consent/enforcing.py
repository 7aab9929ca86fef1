"""Taking offline what its teller does not agree to any more: after a change, at the end, and whatever slipped in."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from core.sharing import SharingUse, clearance_withdrawn
from stories.consent.clearance import consent_for
from stories.consent.versions import versions_of
from stories.models import StoryPage


def enforce_later(story_key: UUID) -> None:
    """After the change is safe: other rooms act on what they hear."""
    transaction.on_commit(lambda: enforce_consent(story_key))


def enforce_consent(story_key: UUID) -> list[StoryPage]:
    """Take each online version offline that may not be there, and call back uses that are not agreed to.

    Gives the versions that went offline.
    """
    offline = []
    uses_of: dict[frozenset[SharingUse], list[StoryPage]] = {}
    for page in versions_of(story_key):
        uses = {use for use in SharingUse if not consent_for(page, use).allowed}
        if SharingUse.WEB in uses:
            uses = set(SharingUse)
            if page.live:
                page.unpublish()
                offline.append(page)
            page.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
        if uses:
            uses_of.setdefault(frozenset(uses), []).append(page)
    for lost, pages in uses_of.items():
        clearance_withdrawn.send(sender=StoryPage, pages=pages, uses=set(lost))
    return offline
