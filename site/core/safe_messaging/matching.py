"""Finding an entry of a word list in a text, and whether the text around it is about suicide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from core.safe_messaging.findings import Kind, Passage
from core.safe_messaging.folding import Folded, fold
from core.safe_messaging.lists import Entry, WordList

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    entry: Entry
    found: str
    in_context: bool


class Text:
    """A passage, folded once, with what every rule asks of it."""

    def __init__(self, passage: Passage, words: WordList) -> None:
        self.passage = passage
        self.words = words
        written = passage.text.replace("-", " ") if passage.kind is Kind.ADDRESS else passage.text
        self.folded: Folded = self._without_names(fold(written))
        self.sentences = self.folded.sentences()

    def _without_names(self, folded: Folded) -> Folded:
        """The name of a help line is no wrong word."""
        if self.words.names is None:
            return folded
        text = self.words.names.sub(lambda match: "_" * len(match[0]), folded.text)
        return Folded(text, folded.places, folded.original)

    def matches(self, rule: str) -> Iterator[Match]:
        """What the list of ``rule`` finds, each place once: the first entry that finds it counts."""
        taken: list[Span] = []
        for entry in self.words.entries.get(rule, ()):
            for start, end in self._spans(entry):
                if any(start < other_end and other_start < end for other_start, other_end in taken):
                    continue
                taken.append((start, end))
                found = " ".join(self.folded.original_between(start, end).split())
                yield Match(entry, found, self._in_context(entry, start))

    def topics(self) -> Iterator[str]:
        for match in self.words.topic.finditer(self.folded.text):
            yield self.folded.original_between(match.start(), match.end())

    def _spans(self, entry: Entry) -> Iterator[Span]:
        for start, end in self.sentences:
            lists = [
                [match.span() for match in part.finditer(self.folded.text, start, end)]
                for part in entry.parts
            ]
            if all(lists):
                yield from self._near(lists, entry.within)

    def _near(self, lists: list[list[Span]], within: int) -> Iterator[Span]:
        """For each place of the first part, the narrowest span with one of every other part near it."""
        for first in lists[0]:
            span: Span | None = first
            for others in lists[1:]:
                span = self._narrowest(span, others, within) if span else None
            if span:
                yield span

    def _narrowest(self, span: Span, others: list[Span], within: int) -> Span | None:
        near = [
            other
            for other in others
            if self.folded.words_between(min(span[1], other[1]), max(span[0], other[0])) <= within
            and not (span[0] < other[1] and other[0] < span[1])
        ]
        if not near:
            return None
        best = min(near, key=lambda other: max(span[1], other[1]) - min(span[0], other[0]))
        return min(span[0], best[0]), max(span[1], best[1])

    def _in_context(self, entry: Entry, place: int) -> bool:
        """Whether what the entry needs stands in the same sentence or in one beside it."""
        if not entry.needs:
            return True
        number = next(index for index, (__, end) in enumerate(self.sentences) if place < end)
        beside = 0 if entry.needs == "act" else 1
        start = self.sentences[max(0, number - beside)][0]
        end = self.sentences[min(len(self.sentences) - 1, number + beside)][1]
        return self._has(entry.needs, start, end)

    def _has(self, what: str, start: int, end: int) -> bool:
        pattern: regex.Pattern[str] = self.words.act if what == "act" else self.words.topic
        return pattern.search(self.folded.text, start, end) is not None
