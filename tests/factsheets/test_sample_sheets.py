from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from factsheets.models import Fact, FactsheetPage
from factsheets.sample_sheets import draft_sheets, load_facts, load_sheets


@pytest.fixture
def sheets(db: None, unprinted: None, django_capture_on_commit_callbacks: Any) -> None:
    load_facts()
    with django_capture_on_commit_callbacks(execute=True):  # translations go online after the commit
        load_sheets(draft_sheets())


def text_of(client: Client, page: FactsheetPage, query: str = "") -> str:
    """What somebody reads on the page, without markup."""
    html = client.get(page.url + query).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ")


def citizens_sheet(language: str) -> FactsheetPage:
    return FactsheetPage.objects.get(audience="citizen", locale__language_code=language)


@time_machine.travel("2026-11-21 12:00+01:00", tick=False)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ["€ 385", "€ 2,50", "Duitsland"]),
        ("de", ["385 €", "2,50 €", "Deutschland"]),
        ("fr", ["385 €", "2,50 €", "Allemagne"]),
    ],
)
def test_each_language_has_both_sheets_with_amounts_in_its_own_manner(
    sheets: None, client: Client, language: str, words: list[str]
) -> None:
    assert FactsheetPage.objects.live().filter(locale__language_code=language).count() == 2
    text = text_of(client, citizens_sheet(language))
    assert [word for word in words if word not in text] == []
    assert "{fact:" not in text


def test_planting_twice_changes_nothing(sheets: None) -> None:
    Fact.objects.filter(key="own_risk_nl").update(label_nl="Door iemand veranderd")
    assert load_facts() == []
    assert load_sheets(draft_sheets()) == []
    assert Fact.objects.get(key="own_risk_nl").label_nl == "Door iemand veranderd"


@time_machine.travel("2026-11-21 12:00+01:00", tick=False)
def test_countries_of_the_reader_come_first(sheets: None, client: Client) -> None:
    page = citizens_sheet("nl")
    answers = [
        "praktijkondersteuner",
        "psychotherapeutische Sprechstunde",
        "eerstelijnspsycholoog uit het netwerk",
    ]

    def order(query: str) -> list[int]:
        text = text_of(client, page, query)
        return sorted(range(3), key=lambda number: text.index(answers[number]))

    assert order("") == [0, 1, 2]
    assert order("?live=BE&work=DE&insured=DE") == [1, 2, 0]
    assert order("?live=XX&insured=be") == [2, 0, 1]
    assert "U bent hier verzekerd" in text_of(client, page, "?insured=BE")
    assert not client.get(page.url + "?insured=BE").cookies


def test_a_fact_that_ended_is_shown_as_past(sheets: None, client: Client) -> None:
    with time_machine.travel("2026-12-31 23:59:59+01:00", tick=False):
        assert "gold tot en met" not in text_of(client, citizens_sheet("nl"))
    with time_machine.travel("2027-01-01 00:00:00+01:00", tick=False):
        assert "€ 385 (gold tot en met 31 december 2026)" in text_of(client, citizens_sheet("nl"))


def test_the_period_of_the_sample_amount_is_that_of_its_source(sheets: None) -> None:
    period = Fact.objects.get(key="own_risk_nl").periods.get()
    assert (period.valid_from, period.valid_until) == (date(2026, 1, 1), date(2026, 12, 31))
