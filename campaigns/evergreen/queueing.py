"""Whose turn it is: the post not shown for longest, unless something speaks against it or its words rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from campaigns.actions.clearance import clearance_of
from campaigns.checks.repeating import SAID, said_in
from campaigns.composing import problems_of, text_on
from campaigns.evergreen.models import EvergreenAccount, EvergreenPost, EvergreenTurn
from campaigns.models import Pause, PlatformPost, PostTarget, SocialAccount
from campaigns.planning.slots import slot_times, taken_times
from campaigns.states import Status

LOOKED_AHEAD = 60  # free slots; what has no turn among them is told when its words may return
NEVER = datetime.min.replace(tzinfo=UTC)
WAS_SAID = SAID | {Status.REMOVED}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A post of the queue on one account. ``hindrance``: why it is skipped now; None when nothing is in its way."""

    entry: EvergreenPost
    target: PostTarget
    last_shown: datetime | None
    hindrance: Any = None

    @property
    def words(self) -> str:
        return words_of(text_on(self.target))


@dataclass(frozen=True, slots=True)
class Coming:
    at: datetime
    candidate: Candidate


def words_of(text: str) -> str:
    """What must not be said twice: the words alone, or the text itself where it has none."""
    return said_in(text) or text.strip()


def candidates_on(account: SocialAccount) -> list[Candidate]:
    """The queue as it stands on this account, in the order of people."""
    entries = EvergreenPost.objects.filter(
        post__targets__account=account, post__erased_at=None
    ).select_related("post__campaign", "post__page", "post__locale", "post__image")
    shown = last_shown_on(account, [entry.post_id for entry in entries])
    found = []
    for entry in entries:
        target = entry.post.targets.select_related("account", "image").get(account=account)
        target.post = entry.post
        found.append(Candidate(entry, target, shown.get(entry.post_id), hindrance_of(entry, target)))
    return found


def last_shown_on(account: SocialAccount, posts: Iterable[int]) -> dict[int, datetime]:
    """When each of these posts was (or will be) last on the account, by itself or in a turn."""
    rows = PlatformPost.objects.filter(account=account, status__in=WAS_SAID).order_by()
    own = dict(rows.filter(post__in=posts).values_list("post").annotate(last=Max("due_at")))
    turns = rows.filter(post__evergreen_turn__source__in=posts)
    again = dict(turns.values_list("post__evergreen_turn__source").annotate(last=Max("due_at")))
    return {post: max(own.get(post, NEVER), again.get(post, NEVER)) for post in {*own, *again}}


def hindrance_of(entry: EvergreenPost, target: PostTarget) -> Any:
    """Why this post may not be shown at all at this moment; None when it may."""
    post = entry.post
    if not post.live:
        return _("It is not approved, or its approval was taken back.")
    if Pause.objects.holding(post.campaign_id).exists():
        return _("Its campaign is paused.")
    if reasons := clearance_of(post).reasons:
        return reasons[0]
    if problems := problems_of(target):
        return problems[0].message
    return None


def words_said_on(account: SocialAccount, since: datetime) -> list[tuple[str, datetime]]:
    rows = PlatformPost.objects.filter(account=account, status__in=WAS_SAID, due_at__gt=since)
    return [(words_of(text), due_at) for text, due_at in rows.values_list("text", "due_at")]


def free_times(account: SocialAccount, after: datetime, number: int) -> list[datetime]:
    """The next slots at which nothing is planned. A turn that somebody cancelled leaves its slot empty."""
    slots = list(account.slots.values_list("weekday", "time"))
    if not slots:
        return []
    turns = EvergreenTurn.objects.filter(account=account, at__gt=after).values_list("at", flat=True)
    taken = taken_times(account, after) | {localtime(at) for at in turns}
    return list(islice((moment for moment in slot_times(slots, after) if moment not in taken), number))


def coming_turns(
    rules: EvergreenAccount, candidates: Sequence[Candidate], now: datetime, number: int = LOOKED_AHEAD
) -> list[Coming]:
    """Who fills which of the next ``number`` free slots, as things stand now."""
    account, rest = rules.account, timedelta(days=rules.rest_days)
    ready = [candidate for candidate in candidates if candidate.hindrance is None]
    said = words_said_on(account, now - rest)
    shown = {candidate.entry.pk: candidate.last_shown or NEVER for candidate in ready}
    turns = []
    for at in free_times(account, now, number):
        resting = {words for words, time in said if abs(at - time) < rest}
        for candidate in sorted(
            ready, key=lambda one: (shown[one.entry.pk], one.entry.position, one.entry.pk)
        ):
            campaign = candidate.entry.post.campaign
            if candidate.words not in resting and campaign.runs_on(localdate(at)):
                said.append((candidate.words, at))
                shown[candidate.entry.pk] = at
                turns.append(Coming(at, candidate))
                break
    return turns


def resting_because(rules: EvergreenAccount, candidate: Candidate, now: datetime) -> Any:
    """Why a post without a hindrance has no turn soon: its words rest, its campaign is over, or there is no room."""
    rest = timedelta(days=rules.rest_days)
    times = [time for words, time in words_said_on(rules.account, now - rest) if words == candidate.words]
    if times:
        again = date_format(localtime(max(times) + rest), "DATE_FORMAT")
        return format_lazy(_("Its words rest on this account until {day}."), day=again)
    if not candidate.entry.post.campaign.runs_on(localdate(now)):
        return _("Its campaign does not run now.")
    return _("No slot is free for it yet.")
