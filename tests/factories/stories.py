"""What a story knows of its teller: regions, barriers, themes, people."""

from __future__ import annotations

from typing import Any

from stories.models import Barrier, NetworkPerson, StoryBarrier, StoryPage, StoryPlace, Theme
from tests.factories.pages import StoryPageFactory


def network_person(label: str = "Mijn zus", **fields: Any) -> NetworkPerson:
    given = {"relation": "sibling", "country": "NL", "ring": 1, "how_often": "weekly", "helped": "yes"}
    return NetworkPerson(label=label, **{**given, "involved_by_care": "no", **fields})


def story_about(
    *,
    themes: tuple[str, ...] = (),
    barriers: tuple[str, ...] = (),
    regions: tuple[str, ...] = (),
    people: tuple[NetworkPerson, ...] = (),
    **fields: Any,
) -> StoryPage:
    """A live story; ``themes`` and ``barriers`` by their short names, ``regions`` the teller lived in."""
    story = StoryPageFactory(**fields)
    story.themes.add(*Theme.objects.filter(slug__in=themes))
    story.barriers = [StoryBarrier(barrier=Barrier.objects.get(slug=slug)) for slug in barriers]
    story.places = [StoryPlace(use="lived", region=region) for region in regions]
    for person in people:
        person.locale = story.locale
    story.people = list(people)
    story.save()
    return StoryPage.objects.get(pk=story.pk)
