"""The help lines beside a text that is hard to read: for the reader's language, and the country they say they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from support.choices import COUNTRIES, EVERYWHERE
from support.saying import open_now, week_in_words
from support.showing import ServiceCard, help_lines

PARAMETER = "country"
LINES_ABOVE = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line in few words. ``hours`` holds on paper too; ``now`` is empty unless it depends on the moment."""

    card: ServiceCard
    hours: str
    now: str
    speaks: str  # its languages, when the reader's is not among them


class LinesBeside:
    """Asks the directory when a template first shows a line, and once for the whole page."""

    def __init__(self, language: str, query: Mapping[str, str], moment: datetime | None = None) -> None:
        self.language = language
        self.moment = moment or timezone.now()
        self._places: Counter[str] = Counter()
        given = query.get(PARAMETER, "").upper()
        self.country = given if given in self._codes() else ""

    def anchor(self, place: str) -> str:
        """A name for this place on the page that no other one has: there may be several boxes in a text."""
        self._places[place] += 1
        return place if self._places[place] == 1 else f"{place}-{self._places[place]}"

    @staticmethod
    def _codes() -> list[str]:
        return [code for code, __ in COUNTRIES if code != EVERYWHERE]

    @property
    def countries(self) -> list[tuple[str, str]]:
        """Code and name of those a reader can choose from."""
        return [(code, str(name)) for code, name in COUNTRIES if code != EVERYWHERE]

    @cached_property
    def lines(self) -> list[Line]:
        """Of the chosen country; before a choice those of every country that speak the reader's language."""
        cards = help_lines(self.language, self.country, exactly=bool(self.country))
        return [
            self._line(card)
            for card in cards
            if card.service.country != EVERYWHERE
            and (self.country or self.language in card.service.languages)
        ]

    @cached_property
    def first_lines(self) -> list[Line]:
        """The first of each country: what stands above a text, where nobody wants to search."""
        counted: dict[str, int] = {}
        first = []
        for line in self.lines:
            country = line.card.service.country
            counted[country] = counted.get(country, 0) + 1
            if counted[country] <= LINES_ABOVE:
                first.append(line)
        return first

    def _line(self, card: ServiceCard) -> Line:
        hours = card.service.opening_hours
        words = "; ".join(week_in_words(hours)) if hours else _("Opening hours not known for certain")
        changes = hours is not None and not hours.always
        return Line(
            card=card,
            hours=words,
            now=open_now(card.service, self.moment).text if changes else "",
            speaks="" if self.language in card.service.languages else ", ".join(card.languages),
        )
