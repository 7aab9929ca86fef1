"""One line of the table for each figure: what was measured, and the limit or the peer it stands against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    value: str
    limit: str
    holds: bool


def below(name: str, value: float, limit: float, unit: str, digits: int = 0) -> Figure:
    return Figure(name, f"{value:,.{digits}f} {unit}", f"< {limit:,g} {unit}", value < limit)


def at_least(name: str, value: float, limit: float, unit: str, digits: int = 0) -> Figure:
    return Figure(name, f"{value:,.{digits}f} {unit}", f"≥ {limit:,g} {unit}", value >= limit)


def exactly(name: str, value: int, wanted: int, why: str = "") -> Figure:
    return Figure(name, f"{value:,}", f"{wanted:,}{why}", value == wanted)


def ratio(name: str, larger: float, smaller: float, limit: float) -> Figure:
    """Times in milliseconds, of the same run."""
    times = larger / smaller
    value = f"{times:.2f} × ({larger:.0f} ms against {smaller:.0f} ms)"
    return Figure(name, value, f"≤ {limit:g} ×", times <= limit)


def table(figures: Sequence[Figure]) -> str:
    heads = ("", "measured", "limit", "")
    rows = [(f.name, f.value, f.limit, "holds" if f.holds else "MISSED") for f in figures]
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(4)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in [heads, *rows]
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)
