"""The figures of one campaign in one quarter. None stands for “not known” and is never shown as 0."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Event, Metric, PlatformPost, VisitCount
from campaigns.providers.registry import get_provider
from campaigns.reporting.quarters import Quarter
from campaigns.states import Status

OUT = (Status.PUBLISHED, Status.REMOVED)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure under its own name; ``known`` of ``posts`` posts have it."""

    network: Any
    name: Any
    value: int | None
    known: int
    posts: int


@dataclass(frozen=True, slots=True)
class Report:
    quarter: Quarter
    posts: int
    rows: tuple[Row, ...]
    visits: int | None  # by short address; None while no link was out
    visits_by_day: tuple[tuple[date, int], ...]
    meetings: tuple[Event, ...]

    @property
    def people(self) -> int | None:
        """Counted at meetings; None when nobody counted."""
        counted = [event.people_reached for event in self.meetings if event.people_reached is not None]
        return sum(counted) if counted else None

    @property
    def meetings_counted(self) -> int:
        return sum(event.people_reached is not None for event in self.meetings)


def report_of(campaign: Campaign, quarter: Quarter) -> Report:
    """What went out in the quarter, with the last figures told before it ended. Five queries."""
    start, end = quarter.moments
    out = list(
        PlatformPost.objects.filter(
            post__campaign=campaign, status__in=OUT, published_at__gte=start, published_at__lt=end
        ).values_list("pk", "account__provider")
    )
    visits = VisitCount.objects.filter(
        short_url__platform_post__post__campaign=campaign,
        day__gte=quarter.first_day,
        day__lte=quarter.last_day,
    )
    by_day: dict[date, int] = defaultdict(int)
    for day, number in visits.order_by("day").values_list("day", "visits"):
        by_day[day] += number
    had_link = PlatformPost.objects.filter(
        post__campaign=campaign, status__in=OUT, published_at__lt=end, short_url__isnull=False
    ).exists()
    meetings = Event.objects.filter(
        campaign=campaign, starts_at__gte=start, starts_at__lt=end, is_cancelled=False, is_example=False
    ).prefetch_related("texts")
    return Report(
        quarter=quarter,
        posts=len(out),
        rows=tuple(_rows(dict(out), end)),
        visits=sum(by_day.values()) if had_link else None,
        visits_by_day=tuple(by_day.items()),
        meetings=tuple(meetings),
    )


def _rows(out: dict[int, str], end: Any) -> list[Row]:
    """For each network a post went out on, every figure that the network can tell."""
    told = Metric.objects.filter(platform_post__in=out, fetched_at__lt=end).order_by("fetched_at", "pk")
    last = {(pk, name): value for pk, name, value in told.values_list("platform_post", "name", "value")}
    names = dict(Metric.Name.choices)
    rows = []
    for network in sorted(set(out.values())):
        posts = [pk for pk, provider in out.items() if provider == network]
        provider = get_provider(network)
        told_here = {name for pk, name in last if out[pk] == network}
        for name in [*provider.capabilities.metrics, *sorted(told_here - set(provider.capabilities.metrics))]:
            values = [last[pk, name] for pk in posts if (pk, name) in last]
            rows.append(
                Row(
                    provider.label,
                    names.get(name, name),
                    sum(values) if values else None,
                    len(values),
                    len(posts),
                )
            )
    return rows


def as_table(report: Report) -> list[list[str]]:
    """The report as lines for a spreadsheet; an empty cell means: not known."""

    def shown(value: int | None) -> str:
        return "" if value is None else str(value)

    head = [str(_("Where")), str(_("What")), str(_("Value")), str(_("Known for")), str(_("Of"))]
    lines = [
        [str(row.network), str(row.name), shown(row.value), str(row.known), str(row.posts)]
        for row in report.rows
    ]
    own = str(_("This site"))
    meetings = str(len(report.meetings))
    return [
        head,
        *lines,
        [own, str(_("Visits by short address")), shown(report.visits), "", ""],
        [str(_("Meetings")), str(_("Meetings held")), meetings, "", ""],
        [
            str(_("Meetings")),
            str(_("People reached")),
            shown(report.people),
            str(report.meetings_counted),
            meetings,
        ],
    ]
