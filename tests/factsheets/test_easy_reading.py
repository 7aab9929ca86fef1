from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale, Page

from factsheets.models import EasyReadPage
from factsheets.sample_sheets import draft_sheets, load_easy_sheets, load_facts, load_sheets
from tests.factories.pages import FactsheetPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def november() -> Any:
    with time_machine.travel("2026-11-21 12:00+01:00", tick=False):
        yield


@pytest.fixture
def easy() -> Any:
    sheet = FactsheetPageFactory()
    page = EasyReadPage(title="Hulp zoeken", slug="makkelijk")
    sheet.add_child(instance=page)
    return page


def test_the_label_needs_testers_and_a_date(easy: Any, client: Client) -> None:
    assert "Eenvoudige taal" in client.get(easy.url).content.decode()
    assert "Makkelijk lezen" not in client.get(easy.url).content.decode()
    easy.testers, easy.tested_on = "Leesgroep Heerlen", date(2026, 11, 1)
    easy.save()
    html = client.get(easy.url).content.decode()
    assert "Makkelijk lezen" in html
    assert "Leesgroep Heerlen, 1 november 2026" in html


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"testers": "Leesgroep"}, "tested_on"),
        ({"tested_on": date(2026, 11, 1)}, "testers"),
        ({"testers": "Leesgroep", "tested_on": date(2026, 11, 22)}, "tested_on"),
    ],
)
def test_half_a_test_or_one_to_come_is_refused(easy: Any, fields: dict[str, Any], wrong: str) -> None:
    for name, value in fields.items():
        setattr(easy, name, value)
    with pytest.raises(ValidationError) as refused:
        easy.full_clean()
    assert wrong in refused.value.message_dict


def test_a_translation_begins_untested(easy: Any) -> None:
    easy.testers, easy.tested_on = "Leesgroep Heerlen", date(2026, 11, 1)
    easy.live = False
    easy.save()
    Page.objects.filter(pk=easy.get_parent().pk).update(live=False)
    german = EasyReadPage.objects.get().copy_for_translation(
        Locale.objects.get(language_code="de"), copy_parents=True
    )
    assert not german.is_tested
    assert str(german.label) != "Leichte Sprache"


def test_the_sample_has_it_in_three_languages_and_the_sheet_leads_there(
    unprinted: None, client: Client, commit: Any
) -> None:
    load_facts()
    with commit():
        load_sheets(draft_sheets())
    with commit():
        fresh = load_easy_sheets()
    assert load_easy_sheets() == []
    pages = EasyReadPage.objects.live()
    assert [page.pk for page in fresh] == [pages.get(locale__language_code="nl").pk]
    assert {page.locale.language_code for page in pages} == {"nl", "de", "fr"}
    for page in pages:
        assert page.url in client.get(page.get_parent().url).content.decode()
