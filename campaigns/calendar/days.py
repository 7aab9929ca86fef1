"""Days that matter to whoever plans: public holidays of the three countries, and awareness days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from holidays import country_holidays

from support.holidays import SUBDIVISIONS

COUNTRIES = ("NL", "DE", "BE")
NATIVE = {"NL": "nl", "DE": "de", "BE": "nl"}  # where the package has no name in the reader's language

AWARENESS_DAYS: dict[tuple[int, int], Any] = {
    # https://www.who.int/campaigns/world-suicide-prevention-day, /world-mental-health-day (seen 2026-11-22)
    (9, 10): _("World Suicide Prevention Day"),
    (10, 10): _("World Mental Health Day"),
}


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """``countries`` is empty for an awareness day, which belongs to all of them."""

    name: str
    language: str
    countries: tuple[str, ...] = ()


@lru_cache(maxsize=128)
def _names_of(country: str, year: int, language: str) -> dict[date, str]:
    """The holidays of one year; of Germany, those of North Rhine-Westphalia."""
    found = country_holidays(country, subdiv=SUBDIVISIONS.get(country), years=year, language=language)
    return dict(found.items())


def _language_for(country: str, reader: str) -> str:
    spoken = country_holidays(country, subdiv=SUBDIVISIONS.get(country)).supported_languages
    return reader if reader in spoken else NATIVE[country]


def special_days(days: Iterable[date]) -> dict[date, list[SpecialDay]]:
    """What each of these days is, in the reader's language where its country has one name in it."""
    reader = (get_language() or "nl")[:2]
    languages = {country: _language_for(country, reader) for country in COUNTRIES}
    found: dict[date, list[SpecialDay]] = {}
    for day in days:
        shown = _holidays_on(day, languages, reader)
        if name := AWARENESS_DAYS.get((day.month, day.day)):
            shown.append(SpecialDay(str(name), reader))
        if shown:
            found[day] = shown
    return found


def _holidays_on(day: date, languages: dict[str, str], reader: str) -> list[SpecialDay]:
    """One entry for the countries that keep the day: its name in the reader's language if any of them has it."""
    names = {
        country: name
        for country in COUNTRIES
        if (name := _names_of(country, day.year, languages[country]).get(day))
    }
    if not names:
        return []
    known = [country for country in names if languages[country] == reader]
    teller = known[0] if known else next(iter(names))
    return [SpecialDay(names[teller], languages[teller], tuple(names))]
