"""A campaign's updates as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator

if TYPE_CHECKING:
    from campaigns.models import CampaignPage, PlatformPost


def updates_feed(page: CampaignPage, updates: Iterable[PlatformPost]) -> HttpResponse:
    address = page.full_url + page.reverse_subpage("feed")
    feed = Atom1Feed(
        title=page.title,
        link=page.full_url,
        feed_url=address,
        description=page.summary,
        language=page.locale.language_code,
    )
    for update in updates:
        feed.add_item(
            title=Truncator(" ".join(update.text.split())).chars(80),
            link=page.address_of(update),
            description=update.text,
            unique_id=f"{address}#{update.idempotency_key}",
            pubdate=update.published_at,
            updateddate=update.published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
