"""What stands on the calendar: posts on accounts as they are planned, and drafts at the time they hope for.

Two queries, however many posts there are. A post that goes to several accounts at one time is one entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Substr
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from campaigns.admin.looks import BEING_REMOVED, Look, look_of_status
from campaigns.models import PlatformPost, Post, SocialAccount
from campaigns.states import Status

MOVABLE = frozenset({Status.SCHEDULED, Status.LATE, Status.FAILED})
"""What can be given another time. A cancelled post is planned again on purpose, not by a slip of the mouse."""

TEXT_SHOWN = 160  # characters


@dataclass(frozen=True)
class Entry:
    """A post at one time: on the accounts it goes to then, or as a draft."""

    key: str
    post: int
    at: datetime  # on the wall clock of the region
    status: Status
    being_removed: bool
    text: str
    language: str
    accounts: tuple[SocialAccount, ...]
    campaign: str
    movable: bool

    @cached_property
    def look(self) -> Look:
        return BEING_REMOVED if self.being_removed else look_of_status(self.status)

    @property
    def url(self) -> str:
        return reverse("wagtailsnippets_campaigns_post:edit", args=[self.post])

    @property
    def move_url(self) -> str:
        """Where it is given another time; empty when nobody can."""
        if not self.movable:
            return ""
        name = "move_draft" if self.key.startswith("d") else "move"
        return reverse(f"calendar_of_campaigns:{name}", args=[self.key[1:]])

    @property
    def places(self) -> str:
        return ", ".join(str(account) for account in self.accounts)


def entries_between(
    begin: datetime, end: datetime, filters: Mapping[str, Any], known: Iterable[SocialAccount] | None = None
) -> list[Entry]:
    """Everything with a time in ``begin <= … < end``, in its order. ``known``: all accounts, if they were read."""
    accounts = {account.pk: account for account in (SocialAccount.objects.all() if known is None else known)}
    found = [*_planned(begin, end, filters, accounts)]
    if filters.get("state", Status.DRAFT) == Status.DRAFT:
        found += _drafts(begin, end, filters, accounts)
    return sorted(found, key=lambda entry: (entry.at, entry.language, entry.key))


def _of_posts(filters: Mapping[str, Any], prefix: str = "") -> Q:
    """The filters that ask about the post itself."""
    asked = {
        "campaign": f"{prefix}campaign",
        "language": f"{prefix}locale__language_code",
        "partner": f"{prefix}campaign__partners",
        "person": f"{prefix}latest_revision__user",
    }
    return Q(**{path: filters[name] for name, path in asked.items() if name in filters})


def _planned(
    begin: datetime, end: datetime, filters: Mapping[str, Any], accounts: dict[int, SocialAccount]
) -> Iterable[Entry]:
    rows = PlatformPost.objects.annotate(at=Coalesce("published_at", "due_at")).filter(
        _of_posts(filters, "post__"), at__gte=begin, at__lt=end
    )
    if "account" in filters:
        rows = rows.filter(account=filters["account"])
    if "state" in filters:
        rows = rows.filter(status=filters["state"])
    values = rows.order_by("at", "pk").values_list(
        "pk",
        "post_id",
        "at",
        "status",
        "removal_requested_at",
        Substr("text", 1, TEXT_SHOWN),
        "account_id",
        "post__locale__language_code",
        "post__campaign__name",
        "post__live",
        "post__erased_at",
    )
    together: dict[Any, list[Any]] = {}
    for row in values:
        minute = row[2].replace(second=0, microsecond=0)
        together.setdefault((row[1], minute, row[3], row[4] is None), []).append(row)
    for (post, minute, status, stays), group in together.items():
        pk, *__, text, _account, language, campaign, live, erased = group[0]
        yield Entry(
            key=f"r{pk}",
            post=post,
            at=localtime(minute),
            status=Status(status),
            being_removed=status == Status.PUBLISHED and not stays,
            text=_("A post that was erased") if erased else " ".join(text.split()),
            language=language,
            accounts=tuple(accounts[row[6]] for row in group),
            campaign=campaign,
            movable=live and status in MOVABLE,
        )


def drafts() -> QuerySet[Post]:
    """Posts that were never approved. What people wrote last stands in the latest revision, not in the row."""
    planned = PlatformPost.objects.filter(post=OuterRef("pk"))
    return Post.objects.filter(~Exists(planned), live=False, erased_at=None).annotate(
        hoped_for=Cast(KeyTextTransform("planned_at", "latest_revision__content"), TextField()),
        written=Cast(KeyTextTransform("text", "latest_revision__content"), TextField()),
    )


def _drafts(
    begin: datetime, end: datetime, filters: Mapping[str, Any], accounts: dict[int, SocialAccount]
) -> Iterable[Entry]:
    asked = _of_posts(filters)
    if "account" in filters:
        asked &= Q(targets__account=filters["account"])
    # The revision keeps times in UTC as text, which sorts by time to the second.
    first, after = (f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}" for moment in (begin, end))
    rows = drafts().filter(asked, hoped_for__gte=first, hoped_for__lt=after)
    for pk, hoped_for, written, language, campaign, targets in rows.values_list(
        "pk",
        "hoped_for",
        "written",
        "locale__language_code",
        "campaign__name",
        "latest_revision__content__targets",
    ):
        at = parse_datetime(hoped_for)
        if at is None:
            continue
        wanted = [accounts.get(target.get("account")) for target in targets or ()]
        yield Entry(
            key=f"d{pk}",
            post=pk,
            at=localtime(at),
            status=Status.DRAFT,
            being_removed=False,
            text=" ".join((written or "").split())[:TEXT_SHOWN],
            language=language,
            accounts=tuple(account for account in wanted if account),
            campaign=campaign,
            movable=True,
        )
