"""Around a story that is hard to read stand the help lines of the reader's language and country."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stories.models import StoryPage
from support.choices import Answer, Kind
from support.models import Phone, SupportService
from support.sample_services import load_services
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db

NOTES = [{"type": "point", "value": "Verlies"}]
COUNTRIES = {"nl": {"Nederland", "België"}, "de": {"Deutschland", "Belgien"}, "fr": {"Belgique"}}


@pytest.fixture
def directory() -> None:
    load_services()


def box(client: Client, story: StoryPage, place: str, query: str = "") -> Tag:
    found = BeautifulSoup(client.get(f"{story.url}{query}").content, "html.parser").select_one(
        f"#help-{place}"
    )
    assert found is not None
    return found


def countries(shown: Tag) -> set[str]:
    return {label.text for label in shown.select(".line .label")}


def story(language: str = "nl", **fields: Any) -> StoryPage:
    return StoryPageFactory(language=language, content_notes=NOTES, **fields)


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_lines_that_speak_the_readers_language_stand_above_and_below(
    language: str, directory: None, client: Client
) -> None:
    hard = story(language)
    html = client.get(hard.url).content.decode()
    assert html.index('id="help-above"') < html.index("Iedere ochtend") < html.index('id="help-below"')
    above, below = box(client, hard, "above"), box(client, hard, "below")
    assert countries(above) == countries(below) == COUNTRIES[language]
    assert len(below.select(".line")) >= len(above.select(".line")) >= 2


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
@pytest.mark.parametrize("country", ["", "NL", "BE", "DE"])
def test_no_line_without_its_country_and_112_always(
    language: str, country: str, directory: None, client: Client
) -> None:
    shown = box(client, story(language), "below", f"?country={country}")
    lines = shown.select(".line")
    assert lines
    assert all(line.select_one(".label") and line.select_one(".label").text for line in lines)
    assert "tel:112" in str(shown)


def test_the_reader_says_where_they_are_and_nothing_is_kept(directory: None, client: Client) -> None:
    hard = story("fr")
    shown = box(client, hard, "below", "?country=DE")
    assert countries(shown) == {"Allemagne"}
    assert "parle allemand" in shown.text
    assert shown.select_one(".lines__countries [aria-current]").text == "Allemagne"
    assert not client.cookies
    assert countries(box(client, hard, "below")) == {"Belgique"}


@pytest.mark.parametrize("query", ["?country=XX", "?country=ALL", "?country=%00", "?country=" + "N" * 5000])
def test_a_country_that_is_none_changes_nothing(query: str, directory: None, client: Client) -> None:
    hard = story()
    assert countries(box(client, hard, "below", query)) == COUNTRIES["nl"]


def test_numbers_can_be_dialled_by_hand_from_abroad(directory: None, client: Client) -> None:
    text = " ".join(box(client, story(), "below", "?country=NL").text.split())
    assert "088 0767 000 vanuit het buitenland: +31 88 076 7000" in text
    assert "werkt alleen zeker in dit land: Nederland" in text


def test_what_is_not_certain_says_so(directory: None, client: Client) -> None:
    text = box(client, story(), "below", "?country=NL").text
    assert "Openingstijden niet zeker bekend" in text
    assert "niet zeker: wordt nog gecontroleerd" in text


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 7, 6, 6, 59, tzinfo=UTC), "Nu gesloten, open vanaf 09:00"),
        (datetime(2026, 7, 6, 7, 1, tzinfo=UTC), "Nu open, tot 17:00"),
        (datetime(2026, 1, 5, 7, 1, tzinfo=UTC), "Nu gesloten, open vanaf 09:00"),
    ],
)
def test_hours_are_those_of_the_lines_own_clock(moment: datetime, said: str, client: Client) -> None:
    line = SupportService.objects.create(
        key="lijn",
        kind=Kind.HELP_LINE,
        name="Lijn",
        country="DE",
        languages=["nl"],
        hours="Mo-Fr 09:00-17:00",
    )
    Phone.objects.create(service=line, number="116111", from_abroad=Answer.NO)
    with time_machine.travel(moment, tick=False):
        text = box(client, story(), "below").text
    assert said in text
    assert "maandag tot en met vrijdag: 09:00–17:00" in text  # holds on paper too


def test_an_empty_directory_still_names_112(client: Client) -> None:
    assert "tel:112" in str(box(client, story(), "above"))


def test_a_story_without_a_note_has_the_shorter_panel(directory: None, client: Client) -> None:
    assert 'id="help-' not in client.get(StoryPageFactory().url).content.decode()


def test_boxes_in_the_text_are_filled_and_ids_stay_single(directory: None, client: Client) -> None:
    boxes = [{"type": "help_box", "value": None}, {"type": "help_box", "value": None}]
    page = BeautifulSoup(client.get(story(body=boxes).url).content, "html.parser")
    assert len(page.select(".help-box .line")) >= 4
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_the_directory_is_asked_once_for_all_boxes(directory: None, client: Client) -> None:
    hard = story(body=[{"type": "help_box", "value": None}] * 3)
    client.get(hard.url)
    with CaptureQueriesContext(connection) as queries:
        client.get(hard.url)
    assert sum('FROM "support_supportservice"' in query["sql"] for query in queries) == 1
