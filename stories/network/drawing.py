"""The map as SVG: shapes with attributes of their own, so that it looks right without a style sheet too.

Classes let ``static/stories/network.css`` follow light, dark and print; there is no inline style, which the site's
content security policy refuses. What a shape means is in ``docs/stories.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from stories.network.geometry import Box, Point, polar
from stories.network.layout import Layout
from stories.network.measures import break_lines, shortened, text_width
from stories.network.people import Person
from stories.network.sectors import Sector
from stories.network.spots import WIDE, Frame, Spot, sign_box

INK, SOFT, PAPER, NODE, EGO, BADGE = "#271c36", "#574a67", "#fffdfb", "#5f2b66", "#2b1d3f", "#f7cf85"
TINTS = {"NL": "#d3eaec", "DE": "#eddcef", "BE": "#fae9c4", "XX": "#e9e5ea"}
RIMS = {"NL": "#0e6a79", "DE": "#8a4788", "BE": "#dd9a25", "XX": "#82738e"}
NAMES_ON_RIM = {"NL": "#ffffff", "DE": "#ffffff", "BE": "#271c36", "XX": "#ffffff"}
LINES = {  # width, dashes
    "daily": ("4.5", ""),
    "weekly": ("2", ""),
    "monthly": ("2.5", "9 6"),
    "rarely": ("2.5", "0.1 7"),
}
SMALLEST_NAME = 11
Attributes = Mapping[str, str | int]
SIGN: Attributes = {"class": "network-sign", "aria-hidden": "true", "focusable": "false"}
FONT = "Atkinson Next, system-ui, sans-serif"


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on a map, in its language. ``countries``: names by code."""

    title: str
    description: str
    ego: str
    countries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Element:
    name: str
    attributes: Attributes
    children: Sequence[Element | str] = ()


def draw(people: Sequence[Person], layout: Layout, frame: Frame, words: Words, prefix: str) -> Element:
    """The whole map. ``prefix`` begins every id, so that a page can hold several maps."""
    radius = layout.radius
    spots = list(zip(people, layout.spots, strict=True))
    return Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "network-map",
            "viewBox": f"{-radius} {-radius} {2 * radius} {2 * radius}",
            "role": "img",
            "aria-labelledby": f"{prefix}-title {prefix}-description",
            "font-family": FONT,
            "font-size": frame.size,
            "font-weight": 500,
        },
        [
            Element("title", {"id": f"{prefix}-title"}, [words.title]),
            Element("desc", {"id": f"{prefix}-description"}, [words.description]),
            *_countries(layout, frame, words, prefix),
            *[_link(person.how_often, spot) for person, spot in spots],
            *_ego(words.ego, frame),
            *[part for person, spot in spots for part in _node(person, spot, frame)],
            *[_label(spot, frame) for spot in layout.spots],
        ],
    )


def markup(element: Element) -> str:
    """The element as text, everything that came from people escaped."""
    attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in element.attributes.items())
    inner = "".join(
        markup(child) if isinstance(child, Element) else escape(child) for child in element.children
    )
    return f"<{element.name}{attributes}>{inner}</{element.name}>"


def _countries(layout: Layout, frame: Frame, words: Words, prefix: str) -> Iterable[Element]:
    outer = layout.rings[2]
    edge = outer + frame.rim
    for sector in layout.sectors:
        tint: Attributes = {"class": f"sector sector-{sector.country.lower()}", "fill": TINTS[sector.country]}
        if sector.width == 360:
            yield Element("circle", {**tint, "r": outer})
        else:
            yield Element("path", {**tint, "d": f"M0 0L{_arc(sector.start, sector.width, outer)}Z"})
    for ring in (layout.rings[2], layout.rings[1], layout.rings[0]):
        yield Element(
            "circle",
            {"class": "ring", "r": ring, "fill": PAPER, "fill-opacity": ".34", "stroke": SOFT,
             "stroke-opacity": ".5", "stroke-width": "1.5"},
        )  # fmt: skip
    for sector in layout.sectors:
        yield _rim(sector, outer + frame.rim // 2, frame)
    for sector in layout.sectors:
        if sector.width < 360:
            yield _border(sector, edge)
    for sector in layout.sectors:
        yield from _country_name(sector, outer, frame, words, f"{prefix}-{sector.country.lower()}")


def _arc(start: int, width: int, radius: int) -> str:
    begin, end = polar(start, radius), polar(start + width, radius)
    return f"{begin.x} {begin.y}A{radius} {radius} 0 {int(width > 180)} 1 {end.x} {end.y}"


def _rim(sector: Sector, radius: int, frame: Frame) -> Element:
    stroke: Attributes = {
        "class": f"rim rim-{sector.country.lower()}",
        "fill": "none",
        "stroke": RIMS[sector.country],
        "stroke-width": frame.rim,
    }
    if sector.width == 360:
        return Element("circle", {**stroke, "r": radius})
    return Element("path", {**stroke, "d": f"M{_arc(sector.start, sector.width, radius)}"})


def _border(sector: Sector, edge: int) -> Element:
    """A border as on a land map: a pale band with a broken line in it."""
    end = polar(sector.start, edge)
    path = f"M0 0L{end.x} {end.y}"
    return Element(
        "g",
        {"class": "border", "fill": "none"},
        [
            Element("path", {"class": "border-band", "d": path, "stroke": PAPER, "stroke-width": 7}),
            Element(
                "path",
                {"class": "border-line", "d": path, "stroke": INK, "stroke-width": "2.5",
                 "stroke-dasharray": "14 5 2 5"},
            ),
        ],
    )  # fmt: skip


def _country_name(sector: Sector, outer: int, frame: Frame, words: Words, name: str) -> Iterable[Element]:
    """Along the rim, never upside down."""
    size = frame.size if frame.numbered else frame.size + 1
    rise = (frame.rim - size * 7 // 10) // 2
    below = 20 < sector.middle < 160
    begin, end = polar(sector.middle - 80, outer + rise), polar(sector.middle + 80, outer + rise)
    radius, sweep = outer + rise, 1
    if below:
        radius, sweep = outer + frame.rim - rise, 0
        begin, end = polar(sector.middle + 80, radius), polar(sector.middle - 80, radius)
    yield Element(
        "path",
        {
            "id": name,
            "d": f"M{begin.x} {begin.y}A{radius} {radius} 0 0 {sweep} {end.x} {end.y}",
            "fill": "none",
        },
    )
    yield Element(
        "text",
        {"class": f"country country-{sector.country.lower()}", "fill": NAMES_ON_RIM[sector.country],
         "font-size": size, "font-weight": 650, "letter-spacing": "1.5", "text-anchor": "middle"},
        [Element("textPath", {"href": f"#{name}", "startOffset": "50%"}, [words.countries[sector.country]])],
    )  # fmt: skip


def _link(how_often: str, spot: Spot) -> Element:
    width, dashes = LINES[how_often]
    attributes: dict[str, str | int] = {
        "class": f"link link-{how_often}",
        "d": f"M0 0L{spot.point.x} {spot.point.y}",
        "fill": "none",
        "stroke": SOFT,
        "stroke-width": width,
        "stroke-linecap": "round",
    }
    return Element("path", {**attributes, "stroke-dasharray": dashes} if dashes else attributes)


def _ego(name: str, frame: Frame) -> Iterable[Element]:
    yield Element("circle", {"class": "ego", "r": frame.ego, "fill": EGO, "stroke": PAPER, "stroke-width": 4})
    room = 2 * frame.ego - 12
    size = next(
        (size for size in range(frame.size, SMALLEST_NAME, -1) if text_width(_longest(name), size) <= room),
        SMALLEST_NAME,
    )
    lines = shortened(break_lines(name, size, room, room), 3)
    text: Attributes = {"class": "ego-name", "fill": "#ffffff", "font-size": size, "font-weight": 650}
    yield _text(Point(0, 0), lines, "middle", size + 2, text)


def _longest(name: str) -> str:
    return max(name.split(" "), key=lambda word: text_width(word, 1000))


def _node(person: Person, spot: Spot, frame: Frame) -> Iterable[Element]:
    """A round person or a square organisation: filled, half filled or empty, with a balloon when care asked."""
    x, y, half = spot.point.x, spot.point.y, frame.node
    outline: Attributes = {
        "class": f"node node-{person.helped}",
        "fill": NODE if person.helped == "yes" else PAPER,
        "stroke": NODE,
        "stroke-width": 3,
    }
    inner = half - 1
    if person.organisation:
        square = {"x": x - inner, "y": y - inner, "width": 2 * inner, "height": 2 * inner, "rx": 4}
        yield Element("rect", {**outline, **square})
        part = f"M{x} {y - inner}h{4 - inner}a4 4 0 0 0 -4 4v{2 * inner - 8}a4 4 0 0 0 4 4h{inner - 4}Z"
    else:
        yield Element("circle", {**outline, "cx": x, "cy": y, "r": inner})
        part = f"M{x} {y - inner}a{inner} {inner} 0 0 0 0 {2 * inner}Z"
    if person.helped == "mixed":
        yield Element("path", {"class": "node-half", "d": part, "fill": NODE})
    if person.helped == "yes":
        tick = f"M{x - inner * 4 // 10} {y}l{inner * 3 // 10} {inner * 4 // 10}l{inner * 5 // 10} {-inner * 8 // 10}"
        yield Element(
            "path",
            {"class": "node-tick", "d": tick, "fill": "none", "stroke": PAPER, "stroke-width": "2.5",
             "stroke-linecap": "round", "stroke-linejoin": "round"},
        )  # fmt: skip
    if person.involved_by_care != "no":
        yield from _balloon(person.involved_by_care, Point(x + inner, y - inner))


def _balloon(involved: str, corner: Point) -> Iterable[Element]:
    x, y = corner.x - 8, corner.y - 7
    shape = f"M{x + 4} {y}h9a4 4 0 0 1 4 4v3a4 4 0 0 1 -4 4h-4l-5 4v-4a4 4 0 0 1 -4 -4v-3a4 4 0 0 1 4 -4Z"
    yield Element(
        "path",
        {"class": f"balloon balloon-{involved}", "d": shape, "fill": BADGE if involved == "yes" else PAPER,
         "stroke": INK, "stroke-width": "1.5", "stroke-linejoin": "round"},
    )  # fmt: skip
    dots = f"M{x + 5} {y + 5}h.1m3.400 0h.1m3.400 0h.1"
    question = f"M{x + 7} {y + 4}a2 1.600 0 1 1 2 2v.8m0 1.700h.1"
    yield Element(
        "path",
        {"class": "balloon-sign", "d": dots if involved == "yes" else question, "fill": "none", "stroke": INK,
         "stroke-width": "2" if involved == "yes" else "1.4", "stroke-linecap": "round"},
    )  # fmt: skip


def _label(spot: Spot, frame: Frame) -> Element:
    box = spot.label
    x = {"start": box.left, "middle": (box.left + box.right) // 2, "end": box.right}[spot.anchor]
    attributes: dict[str, str | int] = {
        "class": "label",
        "fill": INK,
        "stroke": PAPER,
        "stroke-width": 5,
        "stroke-opacity": ".75",
        "stroke-linejoin": "round",
        "paint-order": "stroke",
    }
    if frame.numbered:
        attributes["font-weight"] = 650
    return _text(Point(x, (box.top + box.bottom) // 2), spot.lines, spot.anchor, frame.line, attributes)


def _text(middle: Point, lines: Sequence[str], anchor: str, height: int, attributes: Attributes) -> Element:
    """Lines around ``middle``; a capital is about seven tenths of its size high."""
    first = middle.y - height * len(lines) // 2 + height * 76 // 100
    return Element(
        "text",
        {**attributes, "text-anchor": anchor},
        [
            Element("tspan", {"x": middle.x, "y": first + height * number}, [line])
            for number, line in enumerate(lines)
        ],
    )


def person_sign(person: Person) -> Element:
    """Somebody's sign by itself, for a legend or a list."""
    point = Point(0, 0)
    node = sign_box(point, WIDE, balloon=True)
    spot = Spot(point, 0, node, node, ())
    size = {"width": node.right - node.left + 4, "height": node.bottom - node.top + 4}
    return Element(
        "svg",
        {**SIGN, **size, "viewBox": f"{node.left - 2} {node.top - 2} {size['width']} {size['height']}"},
        list(_node(person, spot, WIDE)),
    )


def link_sign(how_often: str) -> Element:
    line = Spot(Point(36, 0), 0, Box(0, 0, 0, 0), Box(0, 0, 0, 0), ())
    return Element(
        "svg",
        {**SIGN, "width": 42, "height": 12, "viewBox": "-3 -6 42 12"},
        [_link(how_often, line)],
    )
