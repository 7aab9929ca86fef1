"""Care routes: which advice holds in a situation, and for which situations there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.countries import Country
from support.choices import Kind
from support.models import CareAdvice, DirectoryPage, SupportService
from support.models.routes import AgeBand, Crossing, Part, Question
from support.showing import ServiceCard, cards_of, help_lines

SERVICES_SHOWN = 4
# In a crisis nobody should read about forms and tariffs first.
PARTS_OF = {Question.CRISIS: (Part.FIRST_STEP,)}


@dataclass(frozen=True, slots=True)
class Situation:
    lives: str
    works: str
    insured: str
    age: str
    question: str

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Situation | None:
        """Reads ``?lives=NL&works=DE&insured=DE&age=24_up&question=worried``; None when a part is missing."""
        said = cls(**{name: query.get(name, "") for name in cls.__dataclass_fields__})
        countries = {said.lives, said.works, said.insured} <= set(Country.values)
        known = countries and said.age in AgeBand.values and said.question in Question.values
        return said if known else None

    @property
    def crossings(self) -> set[str]:
        crossings = {Crossing.WITHIN if self.lives == self.insured else Crossing.LIVES_ABROAD}
        if self.works != self.insured:
            crossings.add(Crossing.WORKS_ABROAD)
        return {str(crossing) for crossing in crossings}

    @property
    def parts(self) -> tuple[Part, ...]:
        return PARTS_OF.get(Question(self.question), tuple(Part))

    def meets(self, advice: CareAdvice) -> bool:
        """Whether every condition of ``advice`` holds here."""
        conditions = [
            (advice.lives, {self.lives}),
            (advice.works, {self.works}),
            (advice.insured, {self.insured}),
            (advice.ages, {self.age}),
            (advice.questions, {self.question}),
            (advice.crossing, self.crossings),
        ]
        return all(not wanted or set(wanted) & given for wanted, given in conditions)


@dataclass(frozen=True, slots=True)
class Section:
    part: Part
    advice: list[CareAdvice]


def route(situation: Situation, advice: Iterable[CareAdvice]) -> list[Section]:
    """Each part of the answer; one without advice says that we do not know."""
    fitting = [one for one in advice if situation.meets(one)]
    return [Section(part, [one for one in fitting if one.part == part]) for part in situation.parts]


def all_situations() -> Iterator[Situation]:
    """The 27 combinations of countries, for every age and question."""
    for lives, works, insured, age, question in product(
        Country.values, Country.values, Country.values, AgeBand.values, Question.values
    ):
        yield Situation(lives, works, insured, age, question)


@dataclass(frozen=True, slots=True)
class Gap:
    """A part without advice, with every situation that misses it."""

    part: Part
    insured: str
    question: str
    situations: int


def gaps(advice: Iterable[CareAdvice]) -> list[Gap]:
    """What nobody has written yet, put together by country of insurance and question."""
    rows = list(advice)
    counts: dict[tuple[Part, str, str], int] = {}
    for situation in all_situations():
        for section in route(situation, rows):
            if not section.advice:
                place = (section.part, situation.insured, situation.question)
                counts[place] = counts.get(place, 0) + 1
    return [Gap(*place, situations=count) for place, count in sorted(counts.items())]


def answer_for(query: Mapping[str, str]) -> dict[str, Any]:
    """The context of the page; without a whole situation only what the form needs."""
    situation = Situation.from_query(query)
    context: dict[str, Any] = {
        "said": {name: query.get(name, "") for name in Situation.__dataclass_fields__},
        "countries": Country.choices,
        "ages": AgeBand.choices,
        "questions": Question.choices,
        "situation": situation,
        "incomplete": situation is None and bool(set(query) & set(Situation.__dataclass_fields__)),
    }
    if situation is None:
        return context
    language = (get_language() or "nl")[:2]
    if situation.question == Question.CRISIS:
        context["lines"] = help_lines(language, situation.lives)
    finder = DirectoryPage.objects.live().filter(locale__language_code=language).first()
    return context | {
        "chosen": _in_words(situation),
        "sections": route(situation, CareAdvice.objects.all()),
        "services": _services_for(situation),
        "finder": finder,
    }


def _in_words(situation: Situation) -> list[tuple[str, str]]:
    """What somebody answered, for the page on paper, where the form is left out."""
    return [
        (_("What is it about?"), str(Question(situation.question).label)),
        (_("Age"), str(AgeBand(situation.age).label)),
        (_("Lives in"), str(Country(situation.lives).label)),
        (_("Works or studies in"), str(Country(situation.works).label)),
        (_("Insured in"), str(Country(situation.insured).label)),
    ]


def _services_for(situation: Situation) -> list[ServiceCard]:
    """Mental-health care and public health services where somebody lives or is insured."""
    kinds = [Kind.MENTAL_HEALTH, Kind.PUBLIC_HEALTH, Kind.SOCIAL_WORK]
    services = SupportService.objects.filter(
        country__in={situation.lives, situation.insured}, kind__in=kinds
    ).with_contacts()
    return cards_of(services[:SERVICES_SHOWN])
