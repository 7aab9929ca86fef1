"""Text made comparable: no capitals, no accents, one kind of apostrophe, nothing invisible."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import regex

APOSTROPHES = {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"}
_SENTENCE_END = regex.compile(r"[.!?…]+[\"”»’)]*\s+|\n+")
_WORD = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Folded:
    """``places[n]`` is where in the original the sign ``text[n]`` stood."""

    text: str
    places: tuple[int, ...]
    original: str

    def original_between(self, start: int, end: int) -> str:
        return self.original[self.places[start] : self.places[end - 1] + 1]

    def sentences(self) -> list[tuple[int, int]]:
        """Beginning and end of every sentence, in order; together they cover the text."""
        ends = [match.end() for match in _SENTENCE_END.finditer(self.text)]
        starts = [0, *ends]
        return [
            (start, end) for start, end in zip(starts, [*ends, len(self.text)], strict=True) if start < end
        ]

    def words_between(self, start: int, end: int) -> int:
        return len(_WORD.findall(self.text, start, end)) if start < end else 0


def fold(original: str) -> Folded:
    """``Zelf­moord`` with a soft hyphen, ``ZELFMOORD`` and ``zelfmoord`` are one word."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(original):
        for folded in _fold_sign(sign):
            signs.append(folded)
            places.append(place)
    return Folded("".join(signs), tuple(places), original)


def _fold_sign(sign: str) -> str:
    if sign in APOSTROPHES:
        return APOSTROPHES[sign]
    kinds = unicodedata.category(sign)
    if kinds == "Cf":  # soft hyphens, joiners, marks of direction: nobody sees them
        return ""
    if sign != "\n" and kinds in ("Zs", "Cc"):
        return " "
    decomposed = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each)).casefold()


def fold_pattern(pattern: str) -> str:
    """A regular expression for folded text. An umlaut also matches as addresses and telegrams write it."""
    for umlaut, written in (("ä", "(?:a|ae)"), ("ö", "(?:o|oe)"), ("ü", "(?:u|ue)"), ("ß", "ss")):
        pattern = pattern.replace(umlaut, written)
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", pattern) if not unicodedata.combining(sign)
    )
    return plain.replace(" ", r"\s+")
