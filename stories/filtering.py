"""Choosing stories by address: five filters that combine, each option with the number of stories it leads to.

An option is counted given the other filters: that many stories are left when the reader chooses it. The number of
queries is the same for ten stories and for ten thousand: one for each filter, two for the vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from stories.models.pages import LifePhase, Medium, StoryPage
from stories.models.terms import Barrier, StoryBarrier, StoryTheme, Theme
from stories.regions import Border, borders_of, codes_across

Stories = Any  # a queryset of StoryPage: Wagtail has no types
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing to choose by. ``name`` stands in addresses; ``options`` are short names with their labels."""

    name: str
    heading: Any
    options: Callable[[], list[tuple[str, str]]]
    narrow: Callable[[Stories, str], Stories]
    count: Callable[[Stories], Counts]
    most_first: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    label: str
    count: int
    query: str  # the address it leads to, from the question mark on
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter as a reader sees it."""

    name: str
    heading: Any
    options: list[Option]
    chosen: str  # label of the chosen option
    without: str  # query of the list without this filter


class StoryFilter:
    """What a reader chose, and what else could be chosen."""

    def __init__(self, stories: Stories, asked: Mapping[str, str]) -> None:
        self.stories = stories
        self.labels = {each.name: dict(each.options()) for each in FILTERS}
        given = {each.name: asked[each.name][:100] for each in FILTERS if asked.get(each.name)}
        self.chosen = {name: slug for name, slug in given.items() if slug in self.labels[name]}
        self.unknown = [slug for name, slug in given.items() if name not in self.chosen]

    def result(self) -> Stories:
        return self.narrowed(self.chosen)

    def narrowed(self, chosen: Mapping[str, str]) -> Stories:
        stories = self.stories
        for each in FILTERS:
            if each.name in chosen:
                stories = each.narrow(stories, chosen[each.name])
        return stories

    def query(self, chosen: Mapping[str, str] | None = None, page: int = 1) -> str:
        """The end of the address, always in the same order; empty for the whole list from its start."""
        chosen = self.chosen if chosen is None else chosen
        pairs = [(each.name, chosen[each.name]) for each in FILTERS if each.name in chosen]
        return urlencode([*pairs, *([("page", str(page))] if page > 1 else [])])

    def without(self, name: str) -> dict[str, str]:
        return {other: slug for other, slug in self.chosen.items() if other != name}

    def facets(self) -> list[Facet]:
        return [self._facet(each) for each in FILTERS]

    def _facet(self, each: Filter) -> Facet:
        others = self.without(each.name)
        counts = each.count(self.narrowed(others))
        chosen = self.chosen.get(each.name, "")
        options = [
            Option(label, counts.get(slug, 0), self.query({**others, each.name: slug}), slug == chosen)
            for slug, label in self.labels[each.name].items()
            if counts.get(slug) or slug == chosen
        ]
        if each.most_first:
            options.sort(key=lambda option: -option.count)
        return Facet(
            each.name,
            each.heading,
            options,
            self.labels[each.name].get(chosen, ""),
            self.query(others),
        )

    def ways_out(self) -> list[tuple[str, str, int]]:
        """When nothing is left: which filter to drop, the query of that list, how many stories it has."""
        found = []
        for name in self.chosen:
            others = self.without(name)
            count = self.narrowed(others).count()
            if count:
                found.append((self.labels[name][self.chosen[name]], self.query(others), count))
        return sorted(found, key=lambda way: -way[2])


def _count_borders(stories: Stories) -> Counts:
    counts: dict[str, int] = {}
    for code, number in stories.order_by().values_list("countries").annotate(Count("pk")):
        for border in borders_of(code):
            counts[border.value] = counts.get(border.value, 0) + number
    return counts


def _count_field(name: str) -> Callable[[Stories], Counts]:
    return lambda stories: dict(stories.order_by().values_list(name).annotate(Count("pk")))


def _count_terms(rows: type[StoryTheme | StoryBarrier], story: str, term: str) -> Callable[[Stories], Counts]:
    def count(stories: Stories) -> Counts:
        chosen = rows.objects.filter(**{f"{story}__in": stories.order_by().values("pk")})
        return dict(chosen.values_list(f"{term}__slug").annotate(Count("pk")))

    return count


def _terms(model: type[Theme | Barrier]) -> Callable[[], list[tuple[str, str]]]:
    def options() -> list[tuple[str, str]]:
        named: Iterable[tuple[str, str]] = ((term.slug, term.label) for term in model.objects.all())
        return sorted(named, key=lambda pair: pair[1].casefold())

    return options


FILTERS = [
    Filter(
        "border",
        _("Border"),
        lambda: [(border.value, str(border.label)) for border in Border],
        lambda stories, slug: stories.filter(countries__in=codes_across(Border(slug))),
        _count_borders,
    ),
    Filter(
        "barrier",
        _("Barrier"),
        _terms(Barrier),
        lambda stories, slug: stories.filter(barriers__barrier__slug=slug),
        _count_terms(StoryBarrier, "story", "barrier"),
        most_first=True,
    ),
    Filter(
        "theme",
        _("Theme"),
        _terms(Theme),
        lambda stories, slug: stories.filter(tagged_items__tag__slug=slug),
        _count_terms(StoryTheme, "content_object", "tag"),
        most_first=True,
    ),
    Filter(
        "phase",
        _("Life phase"),
        lambda: [(phase.value, str(phase.label)) for phase in LifePhase],
        lambda stories, slug: stories.filter(life_phase=slug),
        _count_field("life_phase"),
    ),
    Filter(
        "medium",
        _("Form of the story"),
        lambda: [(medium.value, str(medium.label)) for medium in Medium],
        lambda stories, slug: stories.filter(medium=slug),
        _count_field("medium"),
    ),
]


def stories_below(index: Any) -> Stories:
    """The stories that everybody may read, newest first, without what a list does not show."""
    return (
        StoryPage.objects.child_of(index)
        .live()
        .public()
        .order_by("-first_published_at", "-pk")
        .defer("body", "what_helped", "what_would_have_helped", "content_notes", "share_text")
    )
