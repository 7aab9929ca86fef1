"""Public holidays of the three countries; of Germany, those of North Rhine-Westphalia."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from holidays import country_holidays

SUBDIVISIONS = {"DE": "NW"}


@lru_cache(maxsize=64)
def _holidays_of(country: str, year: int) -> frozenset[date]:
    return frozenset(country_holidays(country, subdiv=SUBDIVISIONS.get(country), years=year))


def holiday_calendar(country: str) -> Callable[[date], bool]:
    """Whether a day is a public holiday in ``country``; a line for all countries knows none."""
    if country not in {"NL", "DE", "BE"}:
        return lambda day: False
    return lambda day: day in _holidays_of(country, day.year)
