"""How a dated fact is said in a text, today: its value, whether it is certain, whether it is past its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.tokens import Said
from factsheets.models.facts import Certainty, Fact, FactPeriod, today


class State(StrEnum):
    CURRENT = "current"
    UNSURE = "unsure"
    EXPIRED = "expired"
    COMING = "coming"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class SaidFact:
    """A fact on one day: which of its periods speaks, and how that is to be understood."""

    fact: Fact
    period: FactPeriod | None
    state: State

    @property
    def expired(self) -> bool:
        return self.state in (State.EXPIRED, State.COMING, State.EMPTY)


def fact_on(fact: Fact, day: date) -> SaidFact:
    """The value that holds on ``day``; without one, the last that did, then the first that will."""
    if period := fact.period_on(day):
        unsure = period.certainty == Certainty.TO_CHECK
        return SaidFact(fact, period, State.UNSURE if unsure else State.CURRENT)
    if period := fact.last_period_before(day):
        return SaidFact(fact, period, State.EXPIRED)
    if period := fact.next_period_after(day):
        return SaidFact(fact, period, State.COMING)
    return SaidFact(fact, None, State.EMPTY)


def facts_by_key(keys: set[str]) -> dict[str, Fact]:
    return {fact.key: fact for fact in Fact.objects.filter(key__in=keys).prefetch_related("periods")}


def fill_facts(keys: set[str], language: str) -> Mapping[str, Said]:
    """For ``core.tokens``: what stands in the place of ``{fact:key}``, today."""
    day = today()
    return {key: say(fact_on(fact, day), language) for key, fact in facts_by_key(keys).items()}


def say(fact: SaidFact, language: str) -> Said:
    if fact.period is None:
        return Said(_("being checked"), format_html('<span class="fact">{}</span>', _("being checked")))
    value = fact.period.said(language)
    remark = remark_on(fact)
    if not remark:
        return Said(value, format_html('<data class="fact" value="{}">{}</data>', fact.period.value, value))
    if fact.state is State.UNSURE:
        markup = (
            '<data class="fact fact--unsure" value="{}">{}<span class="fact__mark" aria-hidden="true">?</span>'
            '<span class="visually-hidden"> ({})</span></data>'
        )
        return Said(value, format_html(markup, fact.period.value, value, remark))
    markup = '<data class="fact fact--expired" value="{}">{} <span class="fact__remark">({})</span></data>'
    return Said(f"{value} ({remark})", format_html(markup, fact.period.value, value, remark))


def remark_on(fact: SaidFact) -> str:
    """What a reader must know about the value; empty when it simply holds."""
    if fact.state is State.UNSURE:
        return _("to be checked")
    if fact.state is State.EXPIRED and fact.period and fact.period.valid_until:
        return _("held until %(day)s") % {"day": date_format(fact.period.valid_until, "DATE_FORMAT")}
    if fact.state is State.COMING and fact.period and fact.period.valid_from:
        return _("holds from %(day)s") % {"day": date_format(fact.period.valid_from, "DATE_FORMAT")}
    return ""
