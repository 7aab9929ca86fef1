"""Whatever people a map has: nobody overlaps, everybody is inside and where they belong, always at the same place."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations, pairwise
from math import atan2, degrees, hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.network.geometry import Point, polar
from stories.network.layout import Layout, place
from stories.network.measures import break_lines, text_width
from stories.network.people import Person
from stories.network.sectors import divide, slot
from stories.network.spots import NARROW, WIDE, Frame
from tests.stories.maps import LABELS, german_people, networks, persons, svg, words

FRAMES = pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
few = settings(max_examples=25)


@FRAMES
@few
@given(people=networks())
def test_nobody_overlaps(frame: Frame, people: list[Person]) -> None:
    spots = place(people, frame).spots
    for one, other in combinations(spots, 2):
        for box in (one.node, one.label):
            assert not box.overlaps(other.node)
            assert not box.overlaps(other.label)
    assert not [spot for spot in spots if spot.label.overlaps(spot.node)], "its own balloon included"


@FRAMES
@few
@given(people=networks())
def test_everything_is_inside_the_drawing(frame: Frame, people: list[Person]) -> None:
    layout = place(people, frame)
    for spot in layout.spots:
        assert spot.label.within(layout.rings[2])
        assert spot.node.within(layout.radius)
    root = ET.fromstring(svg(people, frame, words()))  # noqa: S314 - our own drawing
    left, top, width, height = map(int, root.attrib["viewBox"].split())
    assert (left, top, width, height) == (
        -layout.radius,
        -layout.radius,
        2 * layout.radius,
        2 * layout.radius,
    )


@FRAMES
@few
@given(people=networks())
def test_everybody_lies_in_their_ring_and_country(frame: Frame, people: list[Person]) -> None:
    layout = place(people, frame)
    for person, spot in zip(people, layout.spots, strict=True):
        distance = hypot(spot.point.x, spot.point.y)
        inner = layout.rings[person.ring - 2] if person.ring > 1 else frame.ego
        assert inner < distance < layout.rings[person.ring - 1]
        assert sector_of(layout, spot.point) == person.country


def sector_of(layout: Layout, point: Point) -> str:
    angle = degrees(atan2(point.y, point.x)) % 360
    return next(s.country for s in layout.sectors if (angle - s.start) % 360 <= s.width)


@FRAMES
@few
@given(people=networks(12))
def test_the_same_people_always_lie_in_the_same_place(frame: Frame, people: list[Person]) -> None:
    copies = [replace(person) for person in people]
    assert place(people, frame) == place(copies, frame)


@few
@given(people=networks(12), data=st.data())
def test_the_order_of_others_moves_nobody(people: list[Person], data: st.DataObject) -> None:
    """Within a ring of a country people keep their order; who comes before them elsewhere does not matter."""
    groups: dict[tuple[int, str], list[Person]] = {}
    for person in people:
        groups.setdefault((person.ring, person.country), []).append(person)
    shuffled = [p for group in data.draw(st.permutations(list(groups.values()))) for p in group]
    before, after = place(people, WIDE), place(shuffled, WIDE)
    assert before.sectors == after.sectors
    assert sorted((spot.point.x, spot.point.y, spot.lines) for spot in before.spots) == sorted(
        (spot.point.x, spot.point.y, spot.lines) for spot in after.spots
    )


@few
@given(people=networks(12))
def test_neighbours_run_clockwise_in_their_order(people: list[Person]) -> None:
    layout = place(people, WIDE)
    starts = {sector.country: sector.start for sector in layout.sectors}
    turns: dict[tuple[int, str], list[float]] = {}
    for person, spot in zip(people, layout.spots, strict=True):
        angle = degrees(atan2(spot.point.y, spot.point.x)) - starts[person.country]
        turns.setdefault((person.ring, person.country), []).append(round(angle + 1) % 360)
    for group in turns.values():
        assert group == sorted(group)


@given(people=networks())
def test_sectors_share_the_whole_turn(people: list[Person]) -> None:
    sectors = divide(people)
    assert {sector.country for sector in sectors} == ({p.country for p in people} or {"NL", "DE", "BE"})
    if people:
        assert sum(sector.width for sector in sectors) == 360
    for sector in sectors:
        parts = [slot(sector, number, 5) for number in range(5)]
        assert all(one[1] == other[0] for one, other in pairwise(parts))


def test_the_one_country_of_a_map_has_no_border() -> None:
    alone = Person("Oma", "grandparent", False, "NL", 1, "daily", "no", "yes")
    assert "border" not in svg([alone], WIDE, words())
    neighbour = replace(alone, country="BE")
    assert svg([alone, neighbour], WIDE, words()).count("border-line") == 2


@given(label=LABELS)
def test_no_letter_of_a_label_is_lost(label: str) -> None:
    lines = break_lines(label, WIDE.size, WIDE.comfortable, WIDE.widest)
    assert all(text_width(line, WIDE.size) <= WIDE.widest for line in lines)
    assert letters("".join(lines)) == letters(label)


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Krankenversicherungsträger", ["Krankenversi-", "cherungsträger"]),
        ("Grenzgängerberatungsstelle", ["Grenzgänger-", "beratungsstelle"]),
        ("Selbsthilfekontaktstelle", ["Selbsthilfe-", "kontaktstelle"]),
        ("Arbeitsunfähigkeitsbescheinigungsstelle", ["Arbeitsunfähigkeits-", "bescheinigungsstelle"]),
        ("Gemeente-ondersteuningspunt", ["Gemeente-", "ondersteuningspunt"]),
        ("Huisarts", ["Huisarts"]),
    ],
)
def test_a_long_word_breaks_where_it_is_read_and_leaves_no_crumb(label: str, lines: list[str]) -> None:
    assert break_lines(label, WIDE.size, WIDE.comfortable, WIDE.widest) == lines


def test_ten_people_with_long_german_names_can_all_be_read() -> None:
    """No line to anybody and no border runs through a label, and each stands in its person's country."""
    people = german_people()
    layout = place(people, WIDE)
    borders = [polar(sector.start, layout.rings[2]) for sector in layout.sectors]
    for person, spot in zip(people, layout.spots, strict=True):
        lines = [*borders, *(other.point for other in layout.spots)]
        assert not [line for line in lines if spot.label.crosses(line)], person.label
        assert sector_of(layout, spot.label.middle) == person.country


def test_a_name_too_long_for_the_middle_says_that_it_goes_on() -> None:
    drawing = svg([], WIDE, words(ego="Krankenschwester Anneliese Vandenbossche aus Düren"))
    [name] = [text for text in ET.fromstring(drawing).iter() if text.get("class") == "ego-name"]  # noqa: S314
    assert [line.text for line in name] == ["Kran-", "kenschwester", "Anneliese…"]


def letters(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


@given(person=persons())
def test_signs_say_the_same_without_colour(person: Person) -> None:
    """Shape, filling, balloon and line differ by themselves."""
    drawing = svg([person], WIDE, words())
    assert ("<rect" in drawing) == person.organisation
    assert ("node-tick" in drawing) == (person.helped == "yes")
    assert ("node-half" in drawing) == (person.helped == "mixed")
    assert ("balloon-sign" in drawing) == (person.involved_by_care != "no")
    assert ('stroke-dasharray="9 6"' in drawing) == (person.how_often == "monthly")
    assert ('stroke-dasharray="0.1 7"' in drawing) == (person.how_often == "rarely")


@given(label=st.text(min_size=1, max_size=60))
def test_labels_cannot_bring_markup_or_style_in(label: str) -> None:
    person = Person(f"</text><script>{label}", "friend", False, "NL", 1, "daily", "no", "yes")
    drawing = svg([person], WIDE, words(ego=f"<img src=x>{label}"))
    assert "<script" not in drawing
    assert "<img" not in drawing
    assert " style=" not in drawing
