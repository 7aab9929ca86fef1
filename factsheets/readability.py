"""How hard a text is to read: advice for whoever writes it, never compared across languages.

Formulas (ASL: words in a sentence, ASW: syllables in a word, on average): Flesch-Douma for Dutch, Amstad and the first
Wiener Sachtextformel for German, Kandel-Moles for French. Syllables are counted with the hyphenation patterns of each
language (pyphen), which is close to how people count them, not equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyphen

WORD = re.compile(r"[^\W\d_]+(?:['’·*-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\s\u00a0\u202f]+(?=[\"“„«‘(]?[^\W\d_a-zà-ÿ])|\n+")
PATTERNS = {"nl": "nl_NL", "de": "de_DE", "fr": "fr"}
LONG_SENTENCE = 20  # words
HARD_WORD = 4  # syllables


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    words: tuple[str, ...]
    place: str = ""  # where it stands: the id of its block


@dataclass(frozen=True, slots=True)
class Readability:
    """``scores`` are pairs of a formula's name and its value: of all but the Wiener Sachtextformel, more is easier."""

    words: int
    sentences: int
    words_per_sentence: float
    syllables_per_word: float
    scores: tuple[tuple[str, float], ...]
    longest: tuple[Sentence, ...]
    hardest: tuple[tuple[str, int], ...]


@cache
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=PATTERNS[language], left=1, right=1)


def syllables(word: str, language: str) -> int:
    parts = re.split(r"['’·*-]", word.lower())
    return max(1, sum(len(_dictionary(language).positions(part)) + 1 for part in parts if part))


def sentences_in(text: str, place: str = "") -> list[Sentence]:
    found = [(part.strip(), tuple(WORD.findall(part))) for part in SENTENCE_END.split(text)]
    return [Sentence(part, words, place) for part, words in found if words]


def measure(sentences: Iterable[Sentence], language: str) -> Readability | None:
    """What the formulas say about the sentences; nothing for a text without words."""
    told = list(sentences)
    counts = [(word, syllables(word, language)) for sentence in told for word in sentence.words]
    if not counts:
        return None
    asl = len(counts) / len(told)
    asw = sum(count for __, count in counts) / len(counts)
    hard = {word.lower(): count for word, count in counts if count >= HARD_WORD}
    return Readability(
        words=len(counts),
        sentences=len(told),
        words_per_sentence=round(asl, 1),
        syllables_per_word=round(asw, 2),
        scores=tuple((name, round(score, 1)) for name, score in _scores(counts, asl, asw, language)),
        longest=tuple(
            sorted(
                (sentence for sentence in told if len(sentence.words) > LONG_SENTENCE),
                key=lambda sentence: -len(sentence.words),
            )[:5]
        ),
        hardest=tuple(sorted(hard.items(), key=lambda item: (-item[1], item[0]))[:10]),
    )


def _scores(counts: list[tuple[str, int]], asl: float, asw: float, language: str) -> list[tuple[str, float]]:
    if language == "nl":
        return [("Flesch-Douma", flesch_douma(asl, asw))]
    if language == "fr":
        return [("Kandel-Moles", kandel_moles(asl, asw))]
    share = 100 / len(counts)
    wiener = wiener_1(
        ms=share * sum(count >= 3 for __, count in counts),
        sl=asl,
        iw=share * sum(len(word) > 6 for word, __ in counts),
        es=share * sum(count == 1 for __, count in counts),
    )
    return [("Amstad", amstad(asl, asw)), ("1. Wiener Sachtextformel", wiener)]


def flesch_douma(asl: float, asw: float) -> float:
    return 206.84 - 0.93 * asl - 77 * asw


def amstad(asl: float, asw: float) -> float:
    return 180 - asl - 58.5 * asw


def kandel_moles(asl: float, asw: float) -> float:
    return 207 - 1.015 * asl - 73.6 * asw


def wiener_1(*, ms: float, sl: float, iw: float, es: float) -> float:
    """The school year a reader needs. ``ms``: % words of three and more syllables, ``sl``: words in a sentence,
    ``iw``: % words of more than six letters, ``es``: % words of one syllable."""
    return 0.1935 * ms + 0.1672 * sl + 0.1297 * iw - 0.0327 * es - 0.875
