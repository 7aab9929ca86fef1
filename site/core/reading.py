"""How long a text takes to read, in the language it is written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import strip_tags

# Words a minute, read aloud by adults: a calm pace. Trauzettel-Klosinski & Dietz, "Standardized assessment of reading
# performance: the new International Reading Speed Texts IReST", IOVS 53 (2012), 5452-5461.
WORDS_A_MINUTE = {"nl": 202, "de": 179, "fr": 195}
WORDS_A_MINUTE_ELSEWHERE = 184  # the mean of the 17 languages of that study


def reading_minutes(words: int, language: str) -> int:
    """Whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE.get(language[:2], WORDS_A_MINUTE_ELSEWHERE)))


def words_in(value: Any) -> int:
    """How many words the raw data of a StreamField holds. Asks the database nothing."""
    if isinstance(value, str):
        return len(strip_tags(value).split())
    if isinstance(value, Mapping):
        return sum(words_in(part) for name, part in value.items() if name not in {"id", "type"})
    if isinstance(value, Iterable):
        return sum(words_in(part) for part in value)
    return 0
