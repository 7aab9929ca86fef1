"""Counting over all stories: a handful of questions to the database, however many stories there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from stories.consent.dates import today
from stories.consent.models import ConsentRecord, ConsentTick, Withdrawal
from stories.consent.purposes import Purpose
from stories.figures.telling import FEWEST, told
from stories.models import Barrier, NetworkPerson, StoryBarrier, StoryPage
from stories.network.choices import RELATIONS_OF_CIRCLE, Circle, Helped, Involved, Ring
from stories.regions import Border, borders_of

Figure = int | None  # None: fewer than five


@dataclass(frozen=True, slots=True)
class BarrierRow:
    """One barrier: in how many stories, over all and at each border of ``Border``."""

    label: str
    everywhere: Figure
    at_borders: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class CareRow:
    """Stories with somebody of this group on the map, not taken into account by care, and that though they helped."""

    label: str
    on_map: Figure
    overlooked: Figure
    helpers_overlooked: Figure


@dataclass(frozen=True, slots=True)
class StoryFigures:
    """All of it, as it may be told. ``of_examples``: there is no real story yet, so these are of made-up ones."""

    stories: Figure
    of_examples: bool
    borders: Sequence[Figure]
    barriers: Sequence[BarrierRow]
    circles: Sequence[CareRow]
    rings: Sequence[CareRow]


def story_figures() -> StoryFigures:
    of_examples = False
    chosen = one_version_each(real_stories())
    countries = _by_countries(chosen)
    if not countries:
        of_examples = True
        chosen = one_version_each(_online().filter(is_example=True))
        countries = _by_countries(chosen)
    total = told(sum(count for __, count in countries))
    if total is None:
        return StoryFigures(None, of_examples, [None] * len(Border), [], [], [])
    return StoryFigures(
        total,
        of_examples,
        [told(count) for count in _at_borders(countries)],
        _barriers(chosen),
        _care(chosen, _circle(), [(circle.value, str(circle.label)) for circle in Circle]),
        _care(chosen, F("ring"), [(ring.value, str(ring.label)) for ring in Ring]),
    )


def real_stories() -> QuerySet[StoryPage]:
    """Stories that are online and agreed to today, by everybody concerned, whatever the worker has yet to do."""
    in_force = ConsentTick.objects.filter(record=OuterRef("pk"), part=Purpose.WEB, ended_at=None)
    records = ConsentRecord.objects.annotate(agrees=Exists(in_force)).order_by()
    holds = Q(agrees=True, state=ConsentRecord.State.ACTIVE, ends_on__gte=today())
    agreed = records.filter(holds, role=ConsentRecord.Role.TELLER).values("story_key")
    not_agreed = records.exclude(holds).values("story_key")
    return (
        _online()
        .filter(is_example=False, translation_key__in=agreed)
        .exclude(translation_key__in=not_agreed)
        .exclude(translation_key__in=Withdrawal.objects.values("story_key"))
    )


def one_version_each(stories: QuerySet[StoryPage]) -> QuerySet[Any]:
    """A primary key for each story: its languages are one story, with the same barriers and people."""
    return stories.order_by().values("translation_key").annotate(one=Min("pk")).values("one")


def _online() -> QuerySet[StoryPage]:
    online: QuerySet[StoryPage] = StoryPage.objects.live().public()
    return online


def _by_countries(chosen: QuerySet[Any]) -> list[tuple[str, int]]:
    stories = StoryPage.objects.filter(pk__in=chosen).order_by()
    return list(stories.values_list("countries").annotate(Count("pk")))


def _at_borders(countries: Iterable[tuple[str, int]]) -> list[int]:
    pairs = list(countries)
    return [sum(count for code, count in pairs if border in borders_of(code)) for border in Border]


def _barriers(chosen: QuerySet[Any]) -> list[BarrierRow]:
    """Those that were met, the most frequent first."""
    rows = StoryBarrier.objects.filter(story__in=chosen).order_by()
    counted: dict[int, list[tuple[str, int]]] = {}
    for barrier, code, count in rows.values_list("barrier", "story__countries").annotate(Count("story")):
        counted.setdefault(barrier, []).append((code, count))
    totals = {barrier: sum(count for __, count in pairs) for barrier, pairs in counted.items()}
    barriers = sorted(
        Barrier.objects.all(), key=lambda each: (-(told(totals.get(each.pk, 0)) or 0), each.label)
    )
    return [
        BarrierRow(
            barrier.label,
            told(totals.get(barrier.pk, 0)),
            [told(count) for count in _at_borders(counted.get(barrier.pk, []))],
        )
        for barrier in barriers
    ]


def _circle() -> Case:
    groups = [
        When(relation__in=kinds, then=Value(circle.value)) for circle, kinds in RELATIONS_OF_CIRCLE.items()
    ]
    return Case(*groups, default=Value(""), output_field=CharField())


def _care(chosen: QuerySet[Any], group: Case | F, labels: Iterable[tuple[Any, str]]) -> list[CareRow]:
    people = NetworkPerson.objects.filter(story__in=chosen).order_by()
    people = people.values(group_key=group)
    overlooked = Q(involved_by_care=Involved.NO)
    counted = people.annotate(
        on_map=_stories(),
        overlooked=_stories(overlooked),
        helpers=_stories(overlooked & Q(helped=Helped.YES)),
    ).values_list("group_key", "on_map", "overlooked", "helpers")
    found = {key: counts for key, *counts in counted}
    return [CareRow(label, *(told(count) for count in found.get(key, (0, 0, 0)))) for key, label in labels]


def _stories(condition: Q | None = None) -> Count:
    return Count("story", distinct=True, filter=condition)


def barriers_table(figures: StoryFigures) -> tuple[list[str], list[list[str]]]:
    """Heading and rows as they are read, for the table and the file."""
    head = [_("Barrier"), _("All stories"), *(str(border.label) for border in Border)]
    first = [_("All stories"), *map(in_words, [figures.stories, *figures.borders])]
    return head, [
        first,
        *([row.label, *map(in_words, [row.everywhere, *row.at_borders])] for row in figures.barriers),
    ]


def care_table(figures: StoryFigures) -> tuple[list[str], list[list[str]]]:
    head = [_("Who"), *care_measures()]
    return head, [
        [row.label, *map(in_words, [row.on_map, row.overlooked, row.helpers_overlooked])]
        for row in (*figures.circles, *figures.rings)
    ]


def care_measures() -> list[str]:
    """What the three numbers of a ``CareRow`` are called."""
    return [_("on the map"), _("not taken into account"), _("not taken into account, yet helped")]


def in_words(figure: Figure) -> str:
    return str(figure) if figure is not None else _("fewer than %(number)d") % {"number": FEWEST}
