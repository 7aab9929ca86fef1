"""Which numbers may be told, so that none of them singles out fewer than five stories.

A number below five is never told, and every other one is rounded to the nearest five: whoever subtracts one figure
from another, or compares today's with last week's, learns of no group smaller than five with certainty. The rule is
that of a frequency table with a threshold and a rounding base (Hundepool and others, *Statistical Disclosure
Control*, Wiley 2012, chapter 5).
"""

from __future__ import annotations

FEWEST = 5


def told(count: int) -> int | None:
    """The number as it may be told; None for "fewer than five", which zero is too."""
    return (count + FEWEST // 2) // FEWEST * FEWEST if count >= FEWEST else None
