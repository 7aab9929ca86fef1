"""Setting a text into a box: as large as it goes, in even lines, never over the edge.

Words are kept whole while that costs little. A word that is wider than its line is hyphenated by the patterns of its
language (pyphen), and only where that is not enough it is cut between two letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import pyphen
import regex

from campaigns.cards.typefaces import Face, cleaned, font, width_of

PATTERNS = {"nl": "nl_NL", "de": "de_DE", "fr": "fr"}
LETTERS_KEPT = 3  # at either side of a hyphen
SMALLEST = 12  # pixels: smaller is no text any more
STEP = 0.96
WORTH_A_HYPHEN = 1.25  # so much larger must the letters become before a word is cut for it

# A space at which no line ends: before French marks, inside guillemets, and those that were typed so.
_BEFORE_MARKS = re.compile(r"[ \u00a0]+(?=[;:!?»%])")
_BEFORE_DASH = re.compile(r" (?=[–—]( |$))")
_AFTER_OPENING = re.compile(r"(?<=«)[ \u00a0]+")
_SPACES = re.compile(r"[ \t\f\v\u2000-\u2006\u2008-\u200a\u3000]+")  # not the no-break ones
_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d_][-–—/])(?=\w)")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


class DoesNotFit(ValueError):
    """Not even the smallest letters go into the box."""


class Cutting(IntEnum):
    """How far one may go to make a text fit."""

    NO_WORD = 0
    BY_SYLLABLES = 1
    ANYWHERE = 2


@dataclass(frozen=True, slots=True)
class Setting:
    """A text in lines. Sizes in pixels; ``leading`` is the distance from one baseline to the next."""

    face: Face
    size: int
    leading: int
    lines: tuple[str, ...]

    @property
    def width(self) -> float:
        return max((width_of(self.face, self.size, line) for line in self.lines), default=0)

    @property
    def height(self) -> int:
        """From the top of the first line's highest letter to the bottom of the last line's lowest one."""
        ascent, descent = _reach(self.face, self.size)
        return ascent + self.leading * (len(self.lines) - 1) + descent if self.lines else 0

    @property
    def ascent(self) -> int:
        return _reach(self.face, self.size)[0]


def fit(
    text: str, *, language: str, face: Face, box: tuple[int, int], largest: int, tightness: float
) -> Setting:
    """``text`` in the largest letters, up to ``largest``, with which it goes into a box (width, height) in pixels.

    ``tightness`` is the distance of the lines, in letter sizes. Raises ``DoesNotFit`` when no letters are small enough.
    """
    words = tuple(_SPACES.split(_with_glue(cleaned(text), language)))
    best: Setting | None = None
    for cutting in Cutting:
        setting = _Text(words, language, face, cutting, tightness).largest(box, largest)
        if setting and (best is None or setting.size >= best.size * WORTH_A_HYPHEN):
            best = setting
        if best and cutting is Cutting.BY_SYLLABLES:
            break  # to cut anywhere is the last resort
    if best is None:
        raise DoesNotFit(text)
    return best


@dataclass(frozen=True, slots=True)
class _Text:
    """Words to be set in one face, and how far they may be cut."""

    words: tuple[str, ...]
    language: str
    face: Face
    cutting: Cutting
    tightness: float

    def largest(self, box: tuple[int, int], size: int) -> Setting | None:
        width, height = box
        while size >= SMALLEST:
            lines = self.broken(size, width)
            if lines is not None:
                setting = Setting(self.face, size, round(size * self.tightness), tuple(lines))
                if setting.height <= height:
                    return self.balanced(setting, width)
            size = min(size - 1, int(size * STEP))
        return None

    def balanced(self, setting: Setting, width: int) -> Setting:
        """The same letters and as many lines, all about equally long: the narrowest width that needs no line more."""
        best = list(setting.lines)
        if len(best) < 2 or self.cutting is Cutting.ANYWHERE:
            return setting
        narrow, wide, cuts = width // 2, width, self.cuts(best)
        while wide - narrow > 4:
            middle = (narrow + wide) // 2
            lines = self.broken(setting.size, middle)
            if lines is not None and len(lines) <= len(best) and self.cuts(lines) <= cuts:
                best, wide = lines, middle
            else:
                narrow = middle
        return Setting(setting.face, setting.size, setting.leading, tuple(best))

    def cuts(self, lines: list[str]) -> int:
        """How many words are cut."""
        return sum(len(line.split(" ")) for line in lines) - len(self.words)

    def broken(self, size: int, width: int) -> list[str] | None:
        """Lines of at most ``width``; None when a word is wider than that and may not be cut so far."""
        lines: list[str] = []
        line = ""
        for word in self.words:
            longer = f"{line} {word}" if line else word
            if width_of(self.face, size, longer) <= width:
                line = longer
            elif width_of(self.face, size, word) <= width:
                lines.append(line)
                line = word
            else:
                pieces = self.pieces(word, f"{line} " if line else "", size, width)
                if pieces is None:
                    return None
                lines += pieces[:-1]
                line = pieces[-1]
        return [*lines, line] if line else lines

    def pieces(self, word: str, start: str, size: int, width: int) -> list[str] | None:
        """The lines over which a wide word goes; the first begins with ``start``, the last may take more words."""
        lines: list[str] = []
        rest = word
        while width_of(self.face, size, start + rest) > width:
            cut = self.cut(rest, start, size, width)
            if cut is None and not start:
                return None
            if cut is None:
                lines.append(start.rstrip(" "))
            else:
                lines.append(start + cut[0])
                rest = cut[1]
            start = ""
        return [*lines, start + rest]

    def cut(self, word: str, start: str, size: int, width: int) -> tuple[str, str] | None:
        """The longest beginning of ``word`` that still goes behind ``start``, and the rest."""
        best = None
        for head, rest in _divisions(word, self.language, self.cutting):
            if width_of(self.face, size, start + head) <= width:
                best = head, rest
        if best is None and self.cutting is Cutting.ANYWHERE and not start:
            letters = regex.findall(r"\X", word)
            for number in range(1, len(letters)):
                head = "".join(letters[:number])
                if width_of(self.face, size, head) > width:
                    break
                best = head, "".join(letters[number:])
        return best


def _divisions(word: str, language: str, cutting: Cutting) -> Iterator[tuple[str, str]]:
    """Where ``word`` may be divided, from front to back; a hyphen is added where there is none yet."""
    places = {match.start(): "" for match in _AFTER_HYPHEN.finditer(word)}
    if cutting is not Cutting.NO_WORD:
        for match in _LETTERS.finditer(word):
            for place in _syllables(match[0], language):
                places.setdefault(match.start() + place, "-")
    for place in sorted(places):
        yield word[:place] + places[place], word[place:]


@lru_cache(maxsize=1024)
def _syllables(word: str, language: str) -> tuple[int, ...]:
    return tuple(_patterns(language).positions(word))


@lru_cache
def _patterns(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=PATTERNS[language], left=LETTERS_KEPT, right=LETTERS_KEPT)


def _with_glue(text: str, language: str) -> str:
    if language == "fr":
        text = _AFTER_OPENING.sub("\u202f", _BEFORE_MARKS.sub("\u202f", text))
    return _BEFORE_DASH.sub("\u00a0", text)


@lru_cache(maxsize=512)
def _reach(face: Face, size: int) -> tuple[int, int]:
    """How far letters reach above and below the baseline, accents on capitals included."""
    top, bottom = font(face, size).getbbox("ÂÊÖgjpqy", anchor="ls")[1::2]
    return -int(top), int(bottom)
