"""Five sample stories with five maps, in three languages, marked as examples."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core.safe_messaging.pages import findings_on
from stories.models import NetworkPerson, StoryPage
from stories.sample_stories import draft_stories, load_stories

pytestmark = pytest.mark.django_db
ABOUT_EXAMPLES = {"nl": "voorbeeldverhaal", "de": "Beispielgeschichte", "fr": "exemple"}


@pytest.fixture
def stories(db: None, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # translations go online after the commit
        load_stories(draft_stories())


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_every_story_is_told_with_its_map_and_marked(stories: None, client: Client, language: str) -> None:
    told = StoryPage.objects.live().filter(locale__language_code=language)
    assert told.count() == 5
    for story in told:
        html = client.get(story.url).content.decode()
        assert html.count('class="network-map"') == 2  # for a wide and a narrow screen
        assert ABOUT_EXAMPLES[language] in html
        assert story.borders
        assert story.themes.count() == 5
        assert story.barriers.count() >= 3
        assert len(story.what_helped) >= 3
        assert story.content_notes
        shown = [block.value["image"] for block in story.body if block.block_type == "image"]
        assert story.share_image not in shown, "the picture at the top is shown once"


def test_the_people_of_a_story_are_the_same_in_every_language(stories: None) -> None:
    def known_of(language: str) -> list[tuple[Any, ...]]:
        rows = NetworkPerson.objects.filter(story__locale__language_code=language).order_by("translation_key")
        return list(
            rows.values_list("translation_key", "relation", "country", "ring", "helped", "sort_order")
        )

    assert known_of("nl") == known_of("de") == known_of("fr")
    labels = {
        row.locale.language_code: row.label
        for row in NetworkPerson.objects.filter(label__in=["Mijn vader", "Mein Vater", "Mon père"])
    }
    assert labels == {"nl": "Mijn vader", "de": "Mein Vater", "fr": "Mon père"}


def test_planting_twice_changes_nothing(stories: None) -> None:
    before = NetworkPerson.objects.count()
    assert load_stories(draft_stories()) == []
    assert NetworkPerson.objects.count() == before


def test_the_samples_are_told_safely(stories: None) -> None:
    found = [
        (story.title, finding.rule, finding.found)
        for story in StoryPage.objects.live()
        for finding in findings_on(story)
    ]
    assert found == []
