"""Reports → Translations: every page in every language."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from core.translations import (
    publish_translation,
    submit_for_approval,
    translation_states,
)
from core.translations.overview import Status
from factsheets.models import FactsheetPage
from tests.core.translations.desk import as_, republish
from tests.factories.pages import FactsheetPageFactory, StoryPageFactory
from tests.factories.people import PersonFactory
from tests.factories.translations import fill, locale, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> dict[Status, Any]:
    """A page in every state its German version can have."""
    made: dict[Status, Any] = {
        status: StoryPageFactory(title=f"Verhaal {status}", slug=status)
        for status in Status
        if status != Status.OWN
    }
    translations: dict[Status, Any] = {
        status: send(page) for status, page in made.items() if status != Status.MISSING
    }
    fill(translations[Status.IN_PROGRESS], leave=2)
    for status in (Status.WAITING, Status.LIVE, Status.OUTDATED):
        fill(translations[status])
    submit_for_approval(translations[Status.WAITING], PersonFactory(group="Translators"))
    for status in (Status.LIVE, Status.OUTDATED):
        publish_translation(translations[status], None)
    republish(made[Status.OUTDATED], summary="Nu anders.")
    return made


def states_of(pages: dict[Status, Any]) -> dict[Status, Any]:
    sources = Page.objects.filter(pk__in=[page.pk for page in pages.values()]).order_by("path")
    return {
        next(status for status, page in pages.items() if page.pk == state.source_id): state
        for state in translation_states(sources, [locale("de")])
    }


def test_every_page_is_in_its_state(pages: dict[Status, Any]) -> None:
    states = states_of(pages)
    assert {wanted: state.status for wanted, state in states.items()} == {wanted: wanted for wanted in pages}
    in_progress = states[Status.IN_PROGRESS].progress
    assert in_progress is not None
    assert in_progress.missing == 2
    assert states[Status.OUTDATED].since is not None
    assert states[Status.OUTDATED].online
    assert states[Status.MISSING].page_id is None


def test_pages_from_the_first_migration_are_written_in_their_own_language() -> None:
    homes = Page.objects.filter(depth=2, locale=locale("nl"))
    assert {state.status for state in translation_states(homes, [locale("de"), locale("fr")])} == {Status.OWN}


def test_the_overview_asks_as_many_questions_for_many_pages_as_for_few(
    django_assert_num_queries: Any, pages: dict[Status, Any]
) -> None:
    few, many = Page.objects.filter(pk=pages[Status.LIVE].pk), Page.objects.filter(locale=locale("nl"))
    languages = [locale("de"), locale("fr")]
    translation_states(few, languages)
    with django_assert_num_queries(6):
        translation_states(few, languages)
    with django_assert_num_queries(6):
        assert len(translation_states(many, languages)) > 10


def report(person: Any, **query: Any) -> Any:
    return as_(person).get(reverse("wagtail_localize:translations_report"), query)


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))


def test_the_report_lists_and_filters(pages: dict[Status, Any]) -> None:
    editor = PersonFactory(group="Editors")
    html = report(editor).content.decode()
    assert "Verhaal missing" in html
    assert "Verouderd" in html
    only = report(editor, status="outdated", language=locale("de").pk).content.decode()
    assert "Verhaal outdated" in only
    assert "Verhaal live" not in only


def test_the_report_filters_by_type_and_leaves_as_a_spreadsheet(pages: dict[Status, Any]) -> None:
    FactsheetPageFactory(title="Naar de huisarts")
    sheets = ContentType.objects.get_for_model(FactsheetPage)
    table = rows(report(PersonFactory(group="Editors"), page_type=sheets.pk, export="csv"))
    assert [(row["Pagina"], row["Taal"], row["Status"]) for row in table] == [
        ("Naar de huisarts", "Deutsch", "Niet verstuurd"),
        ("Naar de huisarts", "Français", "Niet verstuurd"),
    ]


def test_the_report_shows_a_date_for_what_is_out_of_date(pages: dict[Status, Any]) -> None:
    (row,) = rows(report(PersonFactory(group="Editors"), status="outdated", export="csv"))
    assert row["Verouderd sinds"]


def test_the_report_is_for_those_who_edit_pages(client: Client) -> None:
    assert report(PersonFactory(group="Consent officers")).status_code == 302
    assert client.get(reverse("wagtail_localize:translations_report")).status_code == 302
