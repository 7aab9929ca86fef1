"""Where everybody on a map is placed: countries as sectors, closeness as rings, labels beside their people.

The same people always lie in the same place, within a ring of a country they follow the order they were named in,
and no two of them, nor their labels, overlap: a ring that is too full grows. All numbers are whole, see ``geometry``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stories.network.geometry import Point, polar, square_around
from stories.network.people import Person
from stories.network.sectors import RING_NEEDS, Sector, divide, slot
from stories.network.spots import Frame, Spot, label_lines, spots_around

BELOW = 4  # the least distance between two labels below each other
SWEEPS = 2
STEPS_FOR_LABELS = 2  # how often rings may grow so that no line runs through a label,
CROWDED = 14  # unless there are more people than these: then lines cross in any case

# What speaks against a place, in degrees that somebody would rather move aside.
LINE_THROUGH_LABEL = 160
LINE_THROUGH_PERSON = 500
LINE_THROUGH_OWN_LABEL = 160
LABEL_ON_BORDER = 220
LABEL_ABROAD = 300
OFF_LEVEL = 5
MORE_THAN_ANY = 10**9


@dataclass(frozen=True, slots=True)
class Layout:
    sectors: tuple[Sector, ...]
    rings: tuple[int, int, int]
    spots: tuple[Spot, ...]  # in the order of the people
    radius: int  # of everything, the rim included


class NoRoom(Exception):
    """A ring is too full."""

    def __init__(self, ring: int) -> None:
        super().__init__(f"ring {ring}")
        self.ring = ring


def place(people: Sequence[Person], frame: Frame) -> Layout:
    """Place ``people``; rings grow until there is room for everybody, and some steps more for labels that are struck."""
    sectors = divide(people)
    rings = list(frame.rings)
    spots = _with_room(people, sectors, rings, frame)
    fewest = _struck(spots, sectors, rings)
    best = layout_of(sectors, rings, spots, frame)
    for __ in range(0 if frame.numbered or len(people) > CROWDED else STEPS_FOR_LABELS):
        if not fewest:
            break
        _grow(rings, 2, frame)
        spots = _with_room(people, sectors, rings, frame)
        struck = _struck(spots, sectors, rings)
        if struck < fewest:
            fewest, best = struck, layout_of(sectors, rings, spots, frame)
    return best


def _with_room(
    people: Sequence[Person], sectors: Sequence[Sector], rings: list[int], frame: Frame
) -> list[Spot]:
    """Everybody's place; ``rings`` are grown where they are too full."""
    while True:
        try:
            return _place_all(people, sectors, rings, frame)
        except NoRoom as full:
            _grow(rings, full.ring, frame)


def _grow(rings: list[int], first: int, frame: Frame) -> None:
    for ring in range(first, 4):
        rings[ring - 1] += frame.growth


def _struck(spots: Sequence[Spot], sectors: Sequence[Sector], rings: Sequence[int]) -> int:
    """How many times a border, or the line to somebody, runs through a label."""
    lines = [*borders_of(sectors, rings), *(spot.point for spot in spots)]
    return sum(spot.label.crosses(line) for spot in spots for line in lines)


def borders_of(sectors: Sequence[Sector], rings: Sequence[int]) -> list[Point]:
    """Where borders end; there is none around the one country of a map."""
    return [polar(sector.start, rings[2]) for sector in sectors if len(sectors) > 1]


def layout_of(sectors: Sequence[Sector], rings: Sequence[int], spots: Sequence[Spot], frame: Frame) -> Layout:
    return Layout(tuple(sectors), (rings[0], rings[1], rings[2]), tuple(spots), rings[2] + frame.rim + 3)


@dataclass(frozen=True, slots=True)
class Room:
    """What one ring of one country offers, on a map with these rings and borders."""

    ring: int
    sector: Sector
    rings: Sequence[int]
    borders: Sequence[Point]
    frame: Frame

    def radii(self) -> list[int]:
        """Four distances from the middle."""
        inner = self.rings[self.ring - 2] if self.ring > 1 else self.frame.ego
        nearest, furthest = inner + self.frame.node + 5, self.rings[self.ring - 1] - self.frame.node - 5
        if self.ring == 1:
            nearest += self.frame.node // 2  # so that the line to somebody close can be seen
        return [nearest + (furthest - nearest) * level // 3 for level in range(4)]


def _place_all(
    people: Sequence[Person], sectors: Sequence[Sector], rings: Sequence[int], frame: Frame
) -> list[Spot]:
    borders = borders_of(sectors, rings)
    chosen: dict[int, Spot] = {}
    offers: dict[int, list[tuple[int, Spot]]] = {}
    for ring in RING_NEEDS:
        for sector in sectors:
            room = Room(ring, sector, rings, borders, frame)
            members = [i for i, p in enumerate(people) if (p.ring, p.country) == (ring, sector.country)]
            for number, index in enumerate(members):
                degrees = slot(sector, number, len(members))
                offers[index] = _offers(people[index], index + 1, degrees, room)
                chosen[index] = _best(offers[index], list(chosen.values()), ring, frame.beside)
    for __ in range(SWEEPS):
        for index, places in offers.items():
            others = [spot for other, spot in chosen.items() if other != index]
            chosen[index] = _best(places, others, people[index].ring, frame.beside)
    return [chosen[index] for index in range(len(people))]


def _offers(person: Person, number: int, degrees: tuple[int, int], room: Room) -> list[tuple[int, Spot]]:
    """Every place somebody may have, with what speaks against it, others apart."""
    frame, borders = room.frame, room.borders
    lines = label_lines(number, person, frame)
    balloon = person.involved_by_care != "no"
    middle = (degrees[0] + degrees[1]) // 2
    ego = square_around(Point(0, 0), frame.ego)
    offers = []
    for angle in range(degrees[0], degrees[1] + 1, 3):
        for level, radius in enumerate(room.radii()):
            point = polar(angle, radius)
            for spot in spots_around(point, lines, balloon, frame):
                label = spot.label
                if label.overlaps(ego, BELOW, BELOW) or not label.within(room.rings[2] - 2):
                    continue
                cost = abs(angle - middle) + OFF_LEVEL * abs(2 * level - 3)
                cost += _against_side(spot, frame)
                cost += LINE_THROUGH_OWN_LABEL if label.crosses(point) else 0
                cost += sum(LABEL_ON_BORDER for border in borders if label.crosses(border))
                cost += LABEL_ABROAD if borders and not room.sector.holds(label.middle) else 0
                offers.append((cost, spot))
    return offers


def _against_side(spot: Spot, frame: Frame) -> int:
    """A label is best below, or away from the middle."""
    inward, outward = 30, 4 if frame.numbered else 14
    right, left = (outward, inward) if spot.point.x >= 0 else (inward, outward)
    return (8 if frame.numbered else 0, right, left, 12, 14, 14, 18, 18)[spot.side]


def _best(offers: Sequence[tuple[int, Spot]], others: Sequence[Spot], ring: int, beside: int) -> Spot:
    """The place with the least against it that overlaps nobody; the first of equals."""
    best: Spot | None = None
    least = MORE_THAN_ANY
    for cost, spot in offers:
        if cost >= least:
            continue
        total = cost + _crossings(spot, others, least - cost)
        if total < least and not any(_collide(spot, other, beside) for other in others):
            best, least = spot, total
    if best is None:
        raise NoRoom(ring)
    return best


def _collide(one: Spot, other: Spot, beside: int) -> bool:
    return (
        one.node.overlaps(other.node, BELOW, BELOW)
        or one.node.overlaps(other.label, beside, BELOW)
        or one.label.overlaps(other.node, beside, BELOW)
        or one.label.overlaps(other.label, beside, BELOW)
    )


def _crossings(spot: Spot, others: Sequence[Spot], limit: int) -> int:
    """How much the line to this person runs over others, and theirs over this one; counted up to ``limit``."""
    cost = 0
    for other in others:
        if cost >= limit:
            break
        if other.node.crosses(spot.point):
            cost += LINE_THROUGH_PERSON
        if other.label.crosses(spot.point):
            cost += LINE_THROUGH_LABEL
        if spot.node.crosses(other.point):
            cost += LINE_THROUGH_PERSON
        if spot.label.crosses(other.point):
            cost += LINE_THROUGH_LABEL
    return cost
