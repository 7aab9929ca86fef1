"""Bars as SVG, narrow enough for a phone: a line of words, its figure at the end, and the bar below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from stories.figures.counting import Figure
from stories.figures.telling import FEWEST
from stories.network.drawing import FONT, INK, SOFT, Attributes, Element, markup
from stories.network.measures import break_lines, text_width

WIDTH = 340
SIZE, LINE = 16, 20
BAR = 12
AFTER_BAR, AFTER_GROUP = 12, 10
COLOURS = ("#5f2b66", "#0e6a79", "#dd9a25")


@dataclass(frozen=True, slots=True)
class Bar:
    """``kind`` chooses colour and pattern, from 0 on."""

    label: str
    figure: Figure
    kind: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Bars under one heading; without a heading they follow each other."""

    heading: str
    bars: Sequence[Bar]


def bar_chart(groups: Sequence[Group], most: int, title: str, description: str, prefix: str) -> SafeString:
    """A chart whose longest possible bar means ``most``. A figure that is not told has an open end instead of a bar."""
    parts: list[Element] = []
    top = 0
    for group in groups:
        if group.heading:
            top += LINE
            parts.append(_text(group.heading, 0, top - 5, {"class": "chart__heading", "font-weight": 650}))
        for bar in group.bars:
            drawn, top = _bar(bar, top, most)
            parts += drawn
        top += AFTER_GROUP if group.heading else 0
    svg = Element(
        "svg",
        {
            "class": "chart",
            "viewBox": f"0 0 {WIDTH} {max(top - AFTER_BAR, LINE)}",
            "role": "img",
            "aria-labelledby": f"{prefix}-title {prefix}-description",
            "font-family": FONT,
            "font-size": SIZE,
        },
        [
            Element("title", {"id": f"{prefix}-title"}, [title]),
            Element("desc", {"id": f"{prefix}-description"}, [description]),
            *parts,
        ],
    )
    return mark_safe(markup(svg))  # noqa: S308 - markup() escapes what people wrote


def _bar(bar: Bar, top: int, most: int) -> tuple[list[Element], int]:
    figure = f"< {FEWEST}" if bar.figure is None else str(bar.figure)
    room = WIDTH - text_width(figure, SIZE) - 12
    lines = break_lines(bar.label, SIZE, room, room)
    parts = [_text(line, 0, top + LINE * number - 5, {}) for number, line in enumerate(lines, 1)]
    end: Attributes = {"class": "chart__figure", "text-anchor": "end", "font-weight": 650}
    parts.append(_text(figure, WIDTH, top + LINE * len(lines) - 5, end))
    top += LINE * len(lines)
    shape: Attributes = {"x": 0, "y": top, "height": BAR, "rx": 2}
    parts.append(
        Element(
            "rect", {**shape, "class": "chart__track", "width": WIDTH, "fill": SOFT, "fill-opacity": ".12"}
        )
    )
    if bar.figure is not None:
        width = min(WIDTH, WIDTH * bar.figure // max(most, 1))
        colour: Attributes = {"class": f"chart__bar chart__bar--{bar.kind}", "fill": COLOURS[bar.kind]}
        parts.append(Element("rect", {**shape, **colour, "width": width}))
    return parts, top + BAR + AFTER_BAR


def _text(text: str, x: int, y: int, attributes: Attributes) -> Element:
    return Element("text", {"class": "chart__text", "fill": INK, **attributes, "x": x, "y": y}, [text])
