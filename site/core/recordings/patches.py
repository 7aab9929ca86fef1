"""What the readers of each format share: a place that is overwritten, and two ways to say no."""

from __future__ import annotations

from typing import NamedTuple


class Unreadable(ValueError):
    """The file is damaged, cut off, or not what it says."""


class HoldsMore(ValueError):
    """The file holds something beside sound and picture that cannot be taken out without making it anew."""


class Patch(NamedTuple):
    """``content`` instead of the bytes at ``at``. The file keeps its length, so nothing in it points astray."""

    at: int
    content: bytes


def zeros(start: int, end: int) -> Patch:
    return Patch(start, bytes(end - start))


def number(data: bytes, at: int, size: int, *, little: bool = False) -> int:
    """The unsigned number of ``size`` bytes at ``at``. Raises ``Unreadable`` beyond the end."""
    piece = data[at : at + size]
    if at < 0 or len(piece) < size:
        raise Unreadable
    return int.from_bytes(piece, "little" if little else "big")


class Steps:
    """How many parts of a file are looked at before it is refused: a small file can claim millions of them."""

    def __init__(self, at_most: int) -> None:
        self.left = at_most

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Unreadable
