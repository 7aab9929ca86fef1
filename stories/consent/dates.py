"""Days as people in the region count them."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

REGION = ZoneInfo("Europe/Amsterdam")
ADULT = 18


def today() -> date:
    return timezone.localdate(timezone=REGION)


def adult_on(birth_date: date) -> date:
    """The day somebody turns 18. Who was born on 29 February turns 18 on 1 March when there is no such day."""
    try:
        return birth_date.replace(year=birth_date.year + ADULT)
    except ValueError:
        return date(birth_date.year + ADULT, 3, 1)


def last_day(until: date, birth_date: date | None) -> date:
    """The last day a consent holds: the day agreed, or the day before a minor is 18, whichever comes first."""
    return min(until, adult_on(birth_date) - timedelta(days=1)) if birth_date else until
