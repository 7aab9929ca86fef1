"""Angles, boxes and lines in whole numbers, around a middle at (0, 0); y grows downwards, angles grow clockwise.

Nothing here depends on how a machine rounds: a browser and the server place everybody on the same spot.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

UNIT = 10_000
COSINES = [math.floor(math.cos(math.radians(angle)) * UNIT + 0.5) for angle in range(360)]
SINES = [math.floor(math.sin(math.radians(angle)) * UNIT + 0.5) for angle in range(360)]


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    left: int
    top: int
    right: int
    bottom: int

    def overlaps(self, other: Box, beside: int = 0, below: int = 0) -> bool:
        """Whether they lie nearer to each other than ``beside`` and ``below``."""
        return (
            self.left < other.right + beside
            and other.left < self.right + beside
            and self.top < other.bottom + below
            and other.top < self.bottom + below
        )

    @property
    def middle(self) -> Point:
        return Point((self.left + self.right) // 2, (self.top + self.bottom) // 2)

    def within(self, radius: int) -> bool:
        """Whether it lies in a circle around the middle."""
        x, y = max(-self.left, self.right), max(-self.top, self.bottom)
        return x * x + y * y <= radius * radius

    def crosses(self, end: Point) -> bool:
        """Whether the line from the middle to ``end`` touches it. Asked a million times: no objects, no calls."""
        x, y = end.x, end.y
        left, right, top, bottom = self.left, self.right, self.top, self.bottom
        if (
            (left > 0 and left > x)
            or (right < 0 and right < x)
            or (top > 0 and top > y)
            or (bottom < 0 and bottom < y)
        ):
            return False
        one, other = x * top - y * left, x * bottom - y * right
        third, fourth = x * bottom - y * left, x * top - y * right
        if one > 0:
            return other <= 0 or third <= 0 or fourth <= 0
        if one < 0:
            return other >= 0 or third >= 0 or fourth >= 0
        return True


def polar(angle: int, radius: int) -> Point:
    """The nearest whole point at ``angle`` degrees and ``radius`` from the middle."""
    turn = angle % 360
    return Point(
        (radius * COSINES[turn] + UNIT // 2) // UNIT,
        (radius * SINES[turn] + UNIT // 2) // UNIT,
    )


def square_around(point: Point, half: int) -> Box:
    return Box(point.x - half, point.y - half, point.x + half, point.y + half)
