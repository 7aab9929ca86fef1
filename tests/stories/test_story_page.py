"""What a reader sees of a story, in each language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from stories.models import RelatedPage, StoryPage, Theme
from tests.factories.pages import FactsheetPageFactory, StoryPageFactory
from tests.factories.stories import network_person, story_about
from tests.factories.translations import enter, fill, send, target

pytestmark = pytest.mark.django_db


def page_of(client: Client, story: StoryPage) -> str:
    return client.get(story.url).content.decode()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", html, flags=re.S))


def points(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "point", "value": text} for text in texts]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ["eenzaamheid", "wachttijd", "Zuid-Limburg", "Wat hielp", "Mijn zus"]),
        ("de", ["Einsamkeit", "Wartezeit", "Südlimburg", "Was geholfen hat", "Mijn zus"]),
        ("fr", ["solitude", "délai d’attente", "Limbourg méridional", "Ce qui a aidé", "Mijn zus"]),
    ],
)
def test_all_that_is_known_is_told_in_the_language_of_the_page(
    client: Client, language: str, words: list[str]
) -> None:
    story = story_about(
        language=language,
        themes=("loneliness",),
        barriers=("waiting-time",),
        regions=("zuid-limburg",),
        people=(network_person(),),
        what_helped=points("Een wandeling."),
    )
    text = words_of(page_of(client, story))
    assert [word for word in words if word not in text] == []


def test_content_notes_come_before_the_story(client: Client) -> None:
    story = StoryPageFactory(content_notes=points("Verlies van een kind"))
    html = page_of(client, story)
    assert html.index("Verlies van een kind") < html.index("Iedere ochtend fietste")


def test_what_to_read_on_is_what_is_online_in_this_language(client: Client) -> None:
    story, german_only = StoryPageFactory(), StoryPageFactory(language="de", title="Nur deutsch")
    sheet = FactsheetPageFactory(title="Naar de huisarts")
    offline = FactsheetPageFactory(title="Nog niet klaar", live=False)
    story.related_pages = [RelatedPage(page=page) for page in (german_only, sheet, offline)]
    story.save()
    text = words_of(page_of(client, story))
    assert "Naar de huisarts" in text
    assert "Nur deutsch" not in text
    assert "Nog niet klaar" not in text


def test_reading_takes_longer_in_german_than_in_dutch() -> None:
    body = [{"type": "text", "value": f"<p>{'woord ' * 2000}</p>"}]
    dutch, german = (StoryPageFactory(language=code, body=body) for code in ("nl", "de"))
    assert (dutch.reading_minutes, german.reading_minutes) == (10, 11)


def test_a_story_knows_which_borders_it_crosses() -> None:
    story = story_about(regions=("zuid-limburg",), people=(network_person(country="DE"),))
    assert [border.value for border in story.borders] == ["nl-de"]
    story.people = [network_person(country="XX"), network_person(country="BE")]
    story.save()
    assert [border.value for border in story.borders] == ["nl-be"]


class TestTranslating:
    def test_people_keep_their_place_and_get_labels_of_their_own(self) -> None:
        source = story_about(people=(network_person("Mijn zus"), network_person("Opa", ring=2)))
        translation = send(source)
        fill(translation)
        key = source.people.get(label="Mijn zus").translation_key
        enter(translation, f"people.{key}.label", "Meine Schwester")
        translation.save_target(publish=False)
        german = target(translation).get_latest_revision_as_object()
        assert german.people.all()[0].label == "Meine Schwester"
        assert [person.ring for person in german.people.all()] == [1, 2]
        assert [person.label for person in StoryPage.objects.get(pk=source.pk).people.all()] == [
            "Mijn zus",
            "Opa",
        ]

    def test_what_has_no_language_follows_the_source(self, django_capture_on_commit_callbacks: Any) -> None:
        source = story_about(
            themes=("work",), barriers=("cost",), regions=("liege",), people=(network_person(),)
        )
        translation = send(source)
        fill(translation)
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)
        german = StoryPage.objects.get(pk=target(translation).pk)
        with override("de"):
            assert [theme.label for theme in german.themes.all()] == ["Arbeit"]
            assert [str(row) for row in german.barriers.all()] == ["Kosten"]
        assert [place.region for place in german.places.all()] == ["liege"]
        assert german.countries == source.countries == "BE NL"

        source.themes.set([Theme.objects.get(slug="sleep")])
        source.places = []
        source.save_revision().publish()
        translation.source.update_from_db()
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)
        german = StoryPage.objects.get(pk=german.pk)
        assert [theme.slug for theme in german.themes.all()] == ["sleep"]
        assert not german.places.exists()


def test_themes_come_from_the_list_alone() -> None:
    form_class = StoryPage.get_edit_handler().get_form_class()
    form = form_class({"themes": "work, zomaar een woord"}, instance=StoryPageFactory.build())
    assert [str(theme) for theme in form.fields["themes"].clean("werk, zomaar een woord")] == ["werk"]
