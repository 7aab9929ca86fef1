"""The word lists of ``words/``, one file a language, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import regex

from core.safe_messaging.folding import fold_pattern

WORDS = Path(__file__).parent / "words"
LANGUAGES = tuple(sorted(path.stem for path in WORDS.glob("*.toml")))
LONGEST_GAP = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to look for; ``parts`` stand near each other. The fields are explained in ``words/nl.toml``."""

    parts: tuple[regex.Pattern[str], ...]
    within: int = 0
    better: str = ""
    needs: str = ""
    alone: str = ""
    always: bool = False


@dataclass(frozen=True, slots=True)
class WordList:
    language: str
    topic: regex.Pattern[str]
    act: regex.Pattern[str]
    names: regex.Pattern[str] | None
    entries: dict[str, tuple[Entry, ...]]


@cache
def word_list(language: str) -> WordList | None:
    """None for a language that nobody wrote a list for."""
    if language not in LANGUAGES:
        return None
    data = tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))
    return WordList(
        language=language,
        topic=_any_of(data.pop("topic")),
        act=_any_of(data.pop("act")),
        names=_any_of(names) if (names := data.pop("names")) else None,
        entries={rule: tuple(_entry(values) for values in entries) for rule, entries in data.items()},
    )


def _entry(values: dict[str, Any]) -> Entry:
    found = [values.pop("find")] if "find" in values else values.pop("near")
    return Entry(parts=tuple(_any_of([pattern]) for pattern in found), **values)


def _any_of(patterns: list[str]) -> regex.Pattern[str]:
    together = "|".join(fold_pattern(pattern) for pattern in patterns)
    return regex.compile(rf"(?<!\w)(?:{together})(?!\w)", regex.VERSION1)
