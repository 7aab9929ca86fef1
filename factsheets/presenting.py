"""What a sheet's template shows beside the text itself: the reader's situation, the facts, the sorted sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from factsheets.countries import Country, Situation
from factsheets.models.facts import today
from factsheets.models.reviews import SheetReview, last_review, review_due_on
from factsheets.saying import SaidFact, State, remark_on

if TYPE_CHECKING:
    from factsheets.models import FactPeriod

PAST = {State.EXPIRED, State.COMING}
BY_COUNTRY = {"country_comparison", "country_section"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the three questions about the reader's situation."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact in the list below a sheet, ready to be read."""

    key: str
    value: str
    label: str
    country: str
    validity: str
    note: str
    source: str
    source_url: str
    checked: str
    state: State


def situation_choices(situation: Situation) -> list[Choice]:
    return [
        Choice("live", _("Where do you live?"), situation.live),
        Choice("work", _("Where do you work or study?"), situation.work),
        Choice("insured", _("Where are you insured?"), situation.insured),
    ]


def first_by_country(blocks: Iterable[StreamValue.StreamChild]) -> str:
    """The id of the first block that differs by country: before it, the reader is asked which one."""
    return next((block.id for block in blocks if block.block_type in BY_COUNTRY), "")


def sorted_for(body: StreamValue, situation: Situation) -> list[StreamValue.StreamChild]:
    """The blocks of a text; sections of countries that follow each other stand in the reader's order."""
    order = {country: number for number, country in enumerate(situation.countries)}
    blocks: list[StreamValue.StreamChild] = []
    for is_section, neighbours in groupby(body, key=lambda block: block.block_type == "country_section"):
        run = list(neighbours)
        blocks += sorted(run, key=lambda block: order[block.value["country"]]) if is_section else run
    return blocks


def fact_rows(facts: Iterable[SaidFact], language: str) -> list[FactRow]:
    return [_row(said, said.period, language) for said in facts if said.period]


def _row(said: SaidFact, period: FactPeriod, language: str) -> FactRow:
    value = period.said(language)
    remark = remark_on(said) if said.expired else ""
    return FactRow(
        key=said.fact.key,
        value=f"{value} ({remark})" if remark else value,
        label=said.fact.label(language),
        country=str(Country(said.fact.country).label),
        validity=_validity(period),
        note=period.note(language),
        source=period.source,
        source_url=period.source_url,
        checked=_("looked up on %(day)s") % {"day": date_format(period.checked_on, "DATE_FORMAT")}
        if period.checked_on
        else _("still to be compared with the source"),
        state=said.state,
    )


def _validity(period: FactPeriod) -> str:
    first, last = (
        date_format(day, "DATE_FORMAT") if day else "" for day in (period.valid_from, period.valid_until)
    )
    if first and last:
        return _("Holds from %(first)s until %(last)s") % {"first": first, "last": last}
    if last:
        return _("Holds until %(last)s") % {"last": last}
    return _("Holds from %(first)s") % {"first": first} if first else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a sheet can be relied on today."""

    review: SheetReview | None
    next_review_on: date
    overdue: bool
    missing_changes: list[Any]


def standing_of(page: Any) -> Standing:
    review = last_review(page)
    due = review_due_on(source_of(page), review)
    return Standing(review, due, overdue=due <= today(), missing_changes=missing_changes(page))


def source_of(page: Any) -> Any:
    """The sheet in the source language, which is reviewed for all of them."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return page
    source = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE, live=True).first()
    return source or page


def missing_changes(page: Any) -> list[Any]:
    """What changed in the source, matters to readers, and has not reached this language yet."""
    source = source_of(page)
    if source.pk == page.pk:
        return []
    known = {change.id for change in page.changes}
    return [change.value for change in source.changes if change.value["matters"] and change.id not in known]


def sheet_context(page: Any, situation: Situation, facts: list[SaidFact]) -> dict[str, Any]:
    """For the template of a sheet, and for its PDF."""
    language = page.locale.language_code
    rows = fact_rows(facts, language)
    body = sorted_for(page.body, situation)
    return {
        "situation": situation,
        "situation_query": urlencode(situation.said),
        "situation_choices": situation_choices(situation),
        "countries": Country.choices,
        "body": body,
        "first_by_country": first_by_country(body),
        "facts": rows,
        "standing": standing_of(page),
        "source": source_of(page),
        "facts_expired": [row for row in rows if row.state in PAST],
        "facts_unsure": any(row.state is State.UNSURE for row in rows),
    }
