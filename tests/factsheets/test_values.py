from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsheets.models import FactPeriod
from factsheets.models.facts import overlapping
from factsheets.values import TYPED, VALUE, normal_value, said_value

DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2020, 3, 1)))


@pytest.mark.parametrize(
    ("value", "unit", "nl", "de", "fr"),
    [
        ("385", "EUR", "€ 385", "385 €", "385 €"),
        ("2.50", "EUR", "€ 2,50", "2,50 €", "2,50 €"),
        ("2.5", "EUR", "€ 2,50", "2,50 €", "2,50 €"),
        ("1250", "EUR", "€ 1.250", "1.250 €", "1 250 €"),
        ("4–11", "EUR", "€ 4–11", "4–11 €", "4–11 €"),
        ("12–24", "sessions", "12–24", "12–24", "12–24"),
        ("12.5", "percent", "12,5%", "12,5 %", "12,5 %"),
        ("150", "minutes", "150", "150", "150"),
    ],
)
def test_each_language_says_a_value_in_its_own_manner(
    value: str, unit: str, nl: str, de: str, fr: str
) -> None:
    said = [
        re.sub(r"[\u00a0\u202f]", " ", said_value(value, unit, language)) for language in ("nl", "de", "fr")
    ]
    assert said == [nl, de, fr]


@pytest.mark.parametrize(
    ("typed", "kept"), [("2,50", "2.50"), (" 12 - 24 ", "12–24"), ("12—24", "12–24"), ("385", "385")]
)
def test_what_people_type_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert re.match(TYPED, typed)
    assert normal_value(typed) == kept
    assert re.match(VALUE, kept)


@given(st.lists(st.tuples(DAYS, DAYS), max_size=5))
def test_periods_overlap_when_some_day_has_two_values(spans: list[tuple[date | None, date | None]]) -> None:
    periods = [
        FactPeriod(valid_from=first, valid_until=last)
        for first, last in spans
        if not (first and last and last < first)
    ]
    days = [date(2019, 12, 31) + timedelta(days=number) for number in range(64)]
    shared = any(sum(period.holds_on(day) for period in periods) > 1 for day in days)
    assert bool(overlapping(periods)) == shared
