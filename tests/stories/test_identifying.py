"""What could tell who somebody is: editors hear of it, and nobody is stopped."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.safe_messaging import Passage
from stories.identifying import hints_in, hints_on
from stories.sample_stories import draft_stories, load_stories
from tests.factories.pages import StoryPageFactory, body_of
from tests.factories.people import PersonFactory
from tests.factories.stories import network_person


def found(text: str, field: str = "body") -> set[tuple[str, str]]:
    return {(hint.rule, hint.found) for hint in hints_in(Passage(text, field))}


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("Mail haar op mila.k@example.org, graag.", "email", "mila.k@example.org"),
        ("Bel 06 12345678 na zessen.", "telephone", "06 12345678"),
        ("Ruf +49 241 123456 an.", "telephone", "+49 241 123456"),
        ("Appelez le 0032 87 55 44 33.", "telephone", "0032 87 55 44 33"),
        ("Op 3 maart 2019 ging het mis.", "date", "3 maart 2019"),
        ("Am 3. März 2019 war es so weit.", "date", "3. März 2019"),
        ("Le 1er avril 2020, je suis partie.", "date", "1er avril 2020"),
        ("Geboren 03-04-1979.", "date", "03-04-1979"),
        ("Wij woonden in de Dorpsstraat 12b.", "address", "Dorpsstraat 12b"),
        ("In der Kirchstraße 4 brannte Licht.", "address", "Kirchstraße 4"),
        ("J’habitais rue de la Paix 12.", "address", "rue de la Paix 12"),
        ("Post naar 6211 AB.", "postcode", "6211 AB"),
        ("Wir zogen nach 52062 Aachen.", "postcode", "52062 Aachen"),
        ("Zijn auto, 12-ABC-3, stond er.", "plate", "12-ABC-3"),
        ("Ein Wagen mit AC-AB 123.", "plate", "AC-AB 123"),
        ("La voiture 1-ABC-234.", "plate", "1-ABC-234"),
        ("Toen kwam mevrouw Jansen.", "name", "mevrouw Jansen"),
        ("Frau Schmitz half mir.", "name", "Frau Schmitz"),
        ("Mme Dupont m’a aidée.", "name", "Mme Dupont"),
        ("De 54-jarige bakker uit Slenaken.", "rare", "bakker, Slenaken, 54-jarige"),
        ("La boulangère de 54 ans à Plombières.", "rare", "boulangère, Plombières, 54 ans"),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, rule: str, words: str) -> None:
    assert found(text) == {(rule, words)}


@pytest.mark.parametrize(
    "text",
    [
        "Bel 113 of 112, dag en nacht, 24/7. Kamer 12, tweede verdieping, snelweg A2.",
        "In maart 2019 werd het beter. Dat was 12 jaar later.",
        "De 54-jarige bakker uit Maastricht.",
        "Een straat met 12 huizen en een weg van 12 kilometer.",
        "COVID-19 kam, und am Morgen Kaffee mit dem Nachbarn in Aachen.",
        "Trois pays en quarante minutes, le train de 8 heures.",
    ],
)
def test_what_many_people_share_is_no_hint(text: str) -> None:
    assert found(text) == set()


def test_where_a_name_stands_alone_two_capitals_are_enough() -> None:
    assert found("Anke Vermeulen", "teller") == {("name", "Anke Vermeulen")}
    assert found("Anke", "teller") == set()


@given(st.text(max_size=400))
def test_any_text_is_answered(text: str) -> None:
    for hint in hints_in(Passage(text, "body")):
        assert not hint.blocks


@pytest.mark.django_db
def test_the_samples_give_no_hint(django_capture_on_commit_callbacks: Any) -> None:
    from stories.models import StoryPage

    with django_capture_on_commit_callbacks(execute=True):
        load_stories(draft_stories())
    assert [hint for story in StoryPage.objects.all() for hint in hints_on(story)] == []


@pytest.mark.django_db
def test_the_panel_names_them_and_the_story_may_still_go_online() -> None:
    story = StoryPageFactory(teller="Anke Vermeulen", body=body_of("Op 3 maart 2019 ging het mis."))
    person = network_person("Jan Jansen")
    person.locale = story.locale
    story.people = [person]
    story.save_revision().publish()
    desk = Client()
    desk.force_login(PersonFactory(group="Moderators"))
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "Kan iemand hieraan worden herkend" in html
    for words in ("“3 maart 2019”", "“Anke Vermeulen”", "“Jan Jansen”"):
        assert words in html


@pytest.mark.django_db
def test_a_text_that_speaks_of_suicide_is_asked_for_note_and_theme() -> None:
    desk = Client()
    desk.force_login(PersonFactory(group="Moderators"))
    story = StoryPageFactory(body=body_of("Ik dacht aan zelfdoding, en belde."))
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "Voeg een inhoudswaarschuwing toe" in html
    assert "kies dan het thema" in html
    other = StoryPageFactory(body=body_of("Ik belde een vriendin."))
    assert (
        "kies dan het thema"
        not in desk.get(reverse("wagtailadmin_pages:edit", args=[other.pk])).content.decode()
    )
