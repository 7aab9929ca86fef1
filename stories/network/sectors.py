"""Countries as sectors of a turn: the more people need room in one, the wider it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stories.network.geometry import UNIT, Point, polar
from stories.network.people import Person

SECTOR_ORDER = ("DE", "BE", "XX", "NL")  # clockwise, as they lie around the three-country point
SECTOR_MIDDLES = {"DE": 0, "NL": 270, "BE": 180, "XX": 180}  # of the first of these that a map has
EMPTY_SECTORS = (("DE", 300), ("BE", 60), ("NL", 180))  # start in degrees
NARROWEST_SECTOR = 56
RING_NEEDS = {1: 6, 2: 3, 3: 2}  # how much of a turn somebody takes: the nearer, the more
BORDER_CLEARANCE = 7  # degrees between a border and the nearest person


@dataclass(frozen=True, slots=True)
class Sector:
    country: str
    start: int
    width: int  # degrees, 360 when there is no border

    @property
    def middle(self) -> int:
        return (self.start + self.width // 2) % 360

    def holds(self, point: Point) -> bool:
        start, end = polar(self.start, UNIT), polar(self.start + self.width, UNIT)
        after_start = start.x * point.y - start.y * point.x >= 0
        before_end = point.x * end.y - point.y * end.x >= 0
        return (after_start and before_end) if self.width <= 180 else (after_start or before_end)


def divide(people: Sequence[Person]) -> tuple[Sector, ...]:
    """A sector for each country that somebody lives in, wider where more people need room; an empty map has three."""
    if not people:
        return tuple(Sector(country, start, 120) for country, start in EMPTY_SECTORS)
    needs = {}
    for country in SECTOR_ORDER:
        rings = [person.ring for person in people if person.country == country]
        if rings:
            needs[country] = 2 + max(rings.count(ring) * need for ring, need in RING_NEEDS.items())
    if len(needs) < 2:
        return tuple(Sector(country, 270, 360) for country in needs)
    spare = 360 - NARROWEST_SECTOR * len(needs)
    total = sum(needs.values())
    widths = {country: NARROWEST_SECTOR + spare * need // total for country, need in needs.items()}
    widest = max(widths, key=lambda country: widths[country])
    widths[widest] += 360 - sum(widths.values())
    first = next(country for country in SECTOR_MIDDLES if country in widths)
    start = (SECTOR_MIDDLES[first] - widths[first] // 2) % 360
    order = list(widths)
    order = order[order.index(first) :] + order[: order.index(first)]
    sectors = []
    for country in order:
        sectors.append(Sector(country, start, widths[country]))
        start = (start + widths[country]) % 360
    return tuple(sectors)


def slot(sector: Sector, number: int, count: int) -> tuple[int, int]:
    """The degrees from and until which the person of that number may lie: equal parts of the sector."""
    clearance = BORDER_CLEARANCE if sector.width < 360 else 0
    usable = sector.width - 2 * clearance
    start = sector.start + clearance
    return start + usable * number // count, start + usable * (number + 1) // count
