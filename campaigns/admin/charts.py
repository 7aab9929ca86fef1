"""Line charts as SVG: geometry here, looks in campaigns.css, words in the template and the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from campaigns.reach import Series

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 48, 32, 16, 40  # to the right: half of the last day's label
DAY_TICKS = 6
MARKERS = (
    "circle",
    "square",
    "diamond",
    "triangle",
)  # with the dashes, what tells lines apart without colour


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    day: date
    value: int


@dataclass(frozen=True, slots=True)
class Line:
    """One series as drawn; ``number`` chooses its dash and colour, ``marker`` its shape."""

    number: int
    label: str
    marker: str
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)


@dataclass(frozen=True, slots=True)
class Tick:
    position: float
    label: object


@dataclass(frozen=True, slots=True)
class Chart:
    """What ``chart.html`` draws, and the same figures as rows for the table."""

    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    rows: tuple[tuple[date, tuple[int | None, ...]], ...]

    width, height = WIDTH, HEIGHT
    left, right, top, bottom = LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM


def line_chart(series: Sequence[Series], until: date) -> Chart | None:
    """A chart from the first day of any series to ``until``; None when there is nothing to draw."""
    days = sorted({day for line in series for day, __ in line.points})
    if not days:
        return None
    first, last = days[0], max(days[-1], until)
    step, top = _scale(max(value for line in series for __, value in line.points))

    def x(day: date) -> float:
        share = (day - first).days / max((last - first).days, 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(value: int) -> float:
        return round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 1)

    lines = tuple(
        Line(
            number % len(MARKERS),
            line.label,
            MARKERS[number % len(MARKERS)],
            tuple(Point(x(day), y(value), day, value) for day, value in line.points),
        )
        for number, line in enumerate(series)
    )
    return Chart(
        lines=lines,
        x_ticks=tuple(Tick(x(day), day) for day in _spread(first, last)),
        y_ticks=tuple(Tick(y(value), value) for value in range(0, top + 1, step)),
        rows=tuple((day, tuple(dict(line.points).get(day) for line in series)) for day in reversed(days)),
    )


def every_day(points: Sequence[tuple[date, int]]) -> tuple[tuple[date, int], ...]:
    """Counts of our own: a day without a visit between two others had none, and that is known."""
    filled: list[tuple[date, int]] = list(points[:1])
    for (day, __), (following, value) in pairwise(points):
        filled += [(day + timedelta(days=gap), 0) for gap in range(1, (following - day).days)]
        filled.append((following, value))
    return tuple(filled)


def _scale(highest: int) -> tuple[int, int]:
    """A round step between lines and the top of the scale: at most five steps, whole numbers only."""
    step = 1
    while step * 5 < highest:
        magnitude = 10 ** (len(str(step)) - 1)
        step = {1: 2, 2: 5, 5: 10}[step // magnitude] * magnitude
    return step, max(step, -(-highest // step) * step)


def _spread(first: date, last: date) -> list[date]:
    """At most ``DAY_TICKS`` days, evenly spread, the first one among them."""
    step = max(1, -(-((last - first).days) // (DAY_TICKS - 1)))
    return [first + timedelta(days=number) for number in range(0, (last - first).days + 1, step)]
