"""What became of a message that was taken down: one row for each place, read from where the truth stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.kit.models import KitItem
from campaigns.models import PlatformPost, Post
from campaigns.providers.base import SocialProvider
from campaigns.states import Status
from campaigns.takedown.models import TakeDown


class Standing(Enum):
    GONE = "gone"
    UNDER_WAY = "under_way"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. ``to_do`` is what a person has to do, ``url`` where to look, ``done_url`` where to tick it off."""

    place: str
    language: str
    standing: Standing
    said: Any
    at: datetime | None = None
    url: str = ""
    done_url: str = ""


def ledger_of(take_down: TakeDown) -> list[Entry]:
    """Every account and every partner, what a person has to do first."""
    entries = [*_accounts(take_down), *_partners(take_down)]
    order = [Standing.BY_HAND, Standing.UNDER_WAY, Standing.GONE]
    return sorted(entries, key=lambda entry: order.index(entry.standing))


def _accounts(take_down: TakeDown) -> Iterator[Entry]:
    rows = PlatformPost.objects.filter(post__in=take_down.posts)
    for row in rows.select_related("account", "post__locale").order_by("account__provider", "pk"):
        yield _on_account(row)


def _on_account(row: PlatformPost) -> Entry:
    place, language = str(row.account), row.post.language
    by_hand = reverse(Post.snippet_viewset.get_url_name("taken_down_by_hand"), args=[row.pk])
    match row.status:
        case Status.REMOVED:
            return Entry(place, language, Standing.GONE, _("Taken down."), row.removed_at)
        case Status.PUBLISHED if _needs_a_person(row):
            said = row.message or _("It has to be taken down by hand.")
            return Entry(place, language, Standing.BY_HAND, said, url=row.remote_url, done_url=by_hand)
        case Status.PUBLISHED:
            said = row.message or _("The network is being asked to take it down.")
            return Entry(place, language, Standing.UNDER_WAY, said, row.removal_requested_at, row.remote_url)
        case Status.PUBLISHING | Status.UNKNOWN:
            return Entry(
                place, language, Standing.UNDER_WAY, _("We are finding out whether it reached the network.")
            )
        case _:
            return Entry(place, language, Standing.GONE, _("It never went out there, and never will."))


def _needs_a_person(row: PlatformPost) -> bool:
    provider: type[SocialProvider] = row.account.provider_class
    return not provider.capabilities.delete or (row.removal_requested_at is None and bool(row.status_message))


def _partners(take_down: TakeDown) -> Iterator[Entry]:
    items = KitItem.objects.filter(post__in=take_down.posts)
    for item in items.select_related("kit__partner", "post__locale").order_by("kit__partner__name", "pk"):
        place, language = str(item.kit.partner), item.post.language
        if item.taken_down_at:
            yield Entry(
                place, language, Standing.GONE, _("The partner says that it is gone."), item.taken_down_at
            )
        elif item.told_at:
            said = _("Out of the kit; the partner was told by mail. Ask whether it is gone.")
            yield Entry(place, language, Standing.BY_HAND, said, item.told_at)
        elif item.kit.email:
            said = _("Out of the kit; the mail to the partner is on its way.")
            yield Entry(place, language, Standing.UNDER_WAY, said, item.withdrawn_at)
        else:
            said = format_lazy(
                _("Out of the kit. {partner} has no e-mail address here: call them."),
                partner=item.kit.partner,
            )
            yield Entry(place, language, Standing.BY_HAND, said, item.withdrawn_at)
