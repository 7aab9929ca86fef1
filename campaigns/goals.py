"""What a campaign wanted against what was reached. Not known stays “not known”; nothing is added across kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.providers.registry import providers
from campaigns.states import Status

if TYPE_CHECKING:
    from campaigns.models import Campaign
    from campaigns.reach import Reach

Count = Callable[["Campaign"], "Reached"]


@dataclass(frozen=True, slots=True)
class Reached:
    """A count with what must be said beside it; ``value`` None means: not known."""

    value: int | None = None
    note: Any = ""
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted, by its own name. ``count`` is None for figures that networks tell."""

    identifier: str
    label: Any
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """One goal and what was reached of it."""

    label: Any
    wanted: int
    reached: Reached

    @property
    def percent(self) -> int | None:
        """Whole per cents, at most 100, for the bar; None when nothing is known."""
        return None if self.reached.value is None else min(100, self.reached.value * 100 // self.wanted)


_measures: dict[str, Measure] = {}


def register_measure(identifier: str, label: Any) -> Callable[[Count], Count]:
    """Decorator: lets campaigns set goals for something that a room above can count."""

    def keep(count: Count) -> Count:
        _measures[identifier] = Measure(identifier, label, count)
        return count

    return keep


def measures() -> list[Measure]:
    """What this house counts itself, then every figure of every network by its own name."""
    from campaigns.models import Metric

    names = dict(Metric.Name.choices)
    told = [
        Measure(
            f"{provider.identifier}:{name}",
            format_lazy("{name} · {network}", name=names.get(name, name), network=provider.label),
        )
        for provider in providers()
        for name in provider.capabilities.metrics
    ]
    return [*_measures.values(), *told]


def progress_of(campaign: Campaign, reach: Reach) -> list[Progress]:
    """The campaign's goals in their order, each with what was reached."""
    known = {measure.identifier: measure for measure in measures()}
    rows = []
    for goal in campaign.goals.all():
        measure = known.get(goal.measure) or Measure(goal.measure, lazystr(goal.measure))
        reached = measure.count(campaign) if measure.count else _told_by_network(goal.measure, reach)
        rows.append(Progress(measure.label, goal.wanted, reached))
    return rows


def _told_by_network(identifier: str, reach: Reach) -> Reached:
    network, __, name = identifier.partition(":")
    for total in reach.totals:
        if (total.network, total.name) == (network, name):
            return Reached(total.value, total.over, total.as_of)
    return Reached()


@register_measure("visits", _("Visits by short address"))
def count_visits(campaign: Campaign) -> Reached:
    """Not known until a post with a link is out: before that nobody could have followed one."""
    from django.db.models import Sum

    from campaigns.models import PlatformPost, VisitCount

    out = PlatformPost.objects.filter(
        post__campaign=campaign, status__in=[Status.PUBLISHED, Status.REMOVED], short_url__isnull=False
    )
    if not out.exists():
        return Reached(note=_("No post with a link is out yet."))
    visits = VisitCount.objects.filter(short_url__platform_post__post__campaign=campaign)
    return Reached(visits.aggregate(total=Sum("visits"))["total"] or 0)
