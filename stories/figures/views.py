from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.figures.charts import Bar, Group, bar_chart
from stories.figures.counting import (
    CareRow,
    StoryFigures,
    barriers_table,
    care_measures,
    care_table,
    story_figures,
)
from stories.figures.telling import FEWEST
from stories.own.views import about
from stories.regions import Border


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What the stories of all languages say together, as charts with tables."""
    found = story_figures()
    context: dict[str, Any] = {
        **about(request, "story_figures"),
        "figures": found,
        "fewest": FEWEST,
        "today": timezone.localdate(),
    }
    if found.stories is not None:
        context |= {
            "barrier_charts": _barrier_charts(found),
            "barriers": _with_headings(*barriers_table(found)),
            "care_charts": _care_charts(found),
            "care": _with_headings(*care_table(found)),
        }
    return render(request, "stories/figures/figures.html", context)


@require_safe
def barriers_csv(request: HttpRequest) -> HttpResponse:
    return _csv(_("barriers"), *barriers_table(story_figures()))


@require_safe
def care_csv(request: HttpRequest) -> HttpResponse:
    return _csv(_("overlooked-by-care"), *care_table(story_figures()))


def _barrier_charts(figures: StoryFigures) -> list[tuple[str, Any]]:
    """One chart for all stories, and one for each border; all on one scale."""
    columns = [
        (_("All stories"), figures.stories, [row.everywhere for row in figures.barriers]),
        *(
            (str(border.label), figures.borders[number], [row.at_borders[number] for row in figures.barriers])
            for number, border in enumerate(Border)
        ),
    ]
    charts = []
    for number, (heading, stories, column) in enumerate(columns):
        bars = [Bar(row.label, value) for row, value in zip(figures.barriers, column, strict=True)]
        title = _("Barriers: %(where)s") % {"where": heading}
        chart = bar_chart(
            [Group("", bars)], figures.stories or 1, title, _same_in_table(), f"barriers-{number}"
        )
        charts.append((heading, chart if stories is not None else None))
    return charts


def _care_charts(figures: StoryFigures) -> list[tuple[str, Any]]:
    return [
        (_("By relation"), _care_chart(figures.circles, figures, "circles")),
        (_("By closeness"), _care_chart(figures.rings, figures, "rings")),
    ]


def _care_chart(rows: Sequence[CareRow], figures: StoryFigures, prefix: str) -> Any:
    groups = [
        Group(
            row.label[:1].upper() + row.label[1:],
            [
                Bar(label, value, kind)
                for kind, (label, value) in enumerate(
                    zip(care_measures(), (row.on_map, row.overlooked, row.helpers_overlooked), strict=True)
                )
            ],
        )
        for row in rows
    ]
    title = _("Who care did not take into account")
    return bar_chart(groups, figures.stories or 1, title, _same_in_table(), prefix)


def _with_headings(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:
    """Each cell with the heading of its column, which stands beside it on a narrow screen."""
    return head, [list(zip(head, row, strict=True)) for row in rows]


def _same_in_table() -> str:
    return _("The table below says the same in figures.")


def _csv(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> HttpResponse:
    """For spreadsheets: they read UTF-8 when it says so, and run no text that begins like a formula."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    csv.writer(response).writerows([[_cell(text) for text in row] for row in [head, *rows]])
    return response


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
