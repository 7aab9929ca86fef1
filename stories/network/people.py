"""What a map is made of, apart from where it was kept: rows of a story, or a visitor's own file."""

from __future__ import annotations

from dataclasses import dataclass

LABEL_LENGTH = 60
MOST_PEOPLE = 24


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or an organisation, on a map. All but ``label`` are keys of ``choices`` and ``regions``."""

    label: str
    relation: str
    organisation: bool
    country: str
    ring: int
    how_often: str
    involved_by_care: str
    helped: str
