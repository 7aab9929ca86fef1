"""The first steps: from here on nobody reads the story, and no backup brings it back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from core.sharing import SharingUse, clearance_withdrawn
from stories.consent.addresses import digest_of_path, withdraw_digests
from stories.consent.models import Withdrawal
from stories.consent.tombstones import write_tombstone
from stories.consent.versions import versions_of
from stories.models import StoryPage


def all_pages(withdrawal: Withdrawal) -> list[StoryPage]:
    """Every page that shows the story: its language versions, and aliases of them under another key."""
    pages = list(versions_of(withdrawal.story_key))
    aliases = StoryPage.objects.filter(alias_of__in=[page.pk for page in pages]).exclude(
        translation_key=withdrawal.story_key
    )
    return [*pages, *aliases.select_related("locale")]


def take_offline(withdrawal: Withdrawal) -> dict[str, Any]:
    languages = set()
    for page in all_pages(withdrawal):
        digests = {digest_of_path(path): page.locale.language_code for path in paths_of(page)}
        withdraw_digests(digests, withdrawal.story_key, withdrawal.requested_at)
        page.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
        if page.live:
            page.unpublish()
            languages.add(page.locale.language_code)
    return {"languages": sorted(languages)}


def paths_of(page: Page) -> list[str]:
    """The path a page answers on, and those that lead to it since it moved."""
    url = page.get_url()
    redirects = Redirect.objects.filter(Q(redirect_page=page))
    return [*([urlsplit(url).path] if url else []), *redirects.values_list("old_path", flat=True)]


def write_it_down(withdrawal: Withdrawal) -> dict[str, Any]:
    write_tombstone(withdrawal)
    return {}


def recall_posts(withdrawal: Withdrawal) -> dict[str, Any]:
    """Other rooms take down and erase what they made of the story. An error of theirs makes us ask again."""
    pages = all_pages(withdrawal)
    clearance_withdrawn.send(
        sender=StoryPage, pages=pages, uses=set(SharingUse), withdrawal=withdrawal.reference
    )
    return {}
