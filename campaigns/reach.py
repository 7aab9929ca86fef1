"""A campaign's reach, from stored figures alone: nothing is estimated, filled in or added across kinds.

Likes are added to likes of the same network, never to anything else. A post without a figure is left
out, and the totals say over how many posts they go: missing is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils.translation import ngettext_lazy

from campaigns.models import Campaign, Metric, VisitCount
from campaigns.providers.registry import get_provider

METRIC_NAMES = [str(name) for name in Metric.Name]
ALWAYS_SHOWN = frozenset({Metric.Name.LIKES, Metric.Name.REPOSTS, Metric.Name.REPLIES, Metric.Name.QUOTES})


@dataclass(frozen=True, slots=True)
class Figure:
    """What a network told last, and when."""

    value: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Total:
    """The last figures of one kind on one network, added up over the posts that have one."""

    network: str
    name: str
    value: int
    posts: int
    as_of: datetime

    @property
    def label(self) -> Any:
        return Metric.Name(self.name).label

    @property
    def network_label(self) -> Any:
        return get_provider(self.network).label

    @property
    def over(self) -> Any:
        """Over how many posts it goes: a post without this figure is not counted as 0."""
        return ngettext_lazy("on {posts} post", "on {posts} posts", self.posts).format(posts=self.posts)


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: a total at the end of each day on which something was measured."""

    label: str
    points: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything a desk shows of one campaign's figures; two queries, however many posts there are."""

    figures: Mapping[tuple[int, str], Figure] = field(default_factory=dict)  # by platform post and metric
    totals: tuple[Total, ...] = ()
    series: tuple[Series, ...] = ()
    visits: Mapping[int, int] = field(default_factory=dict)  # by platform post
    visits_by_day: tuple[tuple[date, int], ...] = ()

    @property
    def names(self) -> list[str]:
        """The kinds of figures worth a column: those that every desk has, and those that a network told here."""
        told = {name for __, name in self.figures}
        return [name for name in METRIC_NAMES if name in told or name in ALWAYS_SHOWN]

    @property
    def all_visits(self) -> int:
        return sum(self.visits.values())


@dataclass(frozen=True, slots=True)
class _Measured:
    platform_post: int
    network: str
    name: str
    day: date
    value: int
    fetched_at: datetime


def reach_of(campaign: Campaign) -> Reach:
    measured = _last_of_each_day(campaign)
    figures = {(row.platform_post, row.name): Figure(row.value, row.fetched_at) for row in measured}
    visits, by_day = _visits(campaign)
    return Reach(figures, _totals(measured), _series(measured), visits, by_day)


def _last_of_each_day(campaign: Campaign) -> list[_Measured]:
    """The last figure of each day by post and metric, oldest day first."""
    newest_first = Window(
        RowNumber(),
        partition_by=[F("platform_post"), F("name"), TruncDate("fetched_at")],
        order_by=[F("fetched_at").desc(), F("pk").desc()],
    )
    rows = (
        Metric.objects.filter(platform_post__post__campaign=campaign, name__in=METRIC_NAMES)
        .annotate(day=TruncDate("fetched_at"), place=newest_first)
        .filter(place=1)
        .order_by("day", "platform_post", "name")
        .values_list(
            "platform_post", "platform_post__account__provider", "name", "day", "value", "fetched_at"
        )
    )
    return [_Measured(*row) for row in rows]


def _totals(measured: Iterable[_Measured]) -> tuple[Total, ...]:
    last = {(row.network, row.name, row.platform_post): row for row in measured}
    kinds: dict[tuple[str, str], list[_Measured]] = defaultdict(list)
    for (network, name, __), row in last.items():
        kinds[network, name].append(row)
    return tuple(
        Total(network, name, sum(row.value for row in rows), len(rows), max(row.fetched_at for row in rows))
        for (network, name), rows in sorted(kinds.items(), key=_by_network_and_metric)
    )


def _by_network_and_metric(item: tuple[tuple[str, str], Any]) -> tuple[str, int]:
    (network, name), __ = item
    return network, METRIC_NAMES.index(name)


def _series(measured: Iterable[_Measured]) -> tuple[Series, ...]:
    """A post keeps its last figure until it is measured again."""
    known: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    points: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
    for row in measured:
        kind = row.network, row.name
        known[kind][row.platform_post] = row.value
        points[kind][row.day] = sum(known[kind].values())
    return tuple(
        Series(f"{Metric.Name(name).label} · {get_provider(network).label}", tuple(days.items()))
        for (network, name), days in sorted(points.items(), key=_by_network_and_metric)
    )


def _visits(campaign: Campaign) -> tuple[dict[int, int], tuple[tuple[date, int], ...]]:
    visits: dict[int, int] = defaultdict(int)
    by_day: dict[date, int] = defaultdict(int)
    rows = VisitCount.objects.filter(short_url__platform_post__post__campaign=campaign).order_by("day")
    for platform_post, day, number in rows.values_list("short_url__platform_post", "day", "visits"):
        visits[platform_post] += number
        by_day[day] += number
    return dict(visits), tuple(by_day.items())
