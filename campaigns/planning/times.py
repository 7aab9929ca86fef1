"""Reckoning with times on the wall, where a day may have 23 or 25 hours and a month 28 to 31 days."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import localtime

from campaigns.clock import clock_change_problem


class ImpossibleTimeError(ValueError):
    """A time on the wall that names no single moment; ``problem`` is the sentence for people."""

    def __init__(self, problem: Any) -> None:
        super().__init__(str(problem))
        self.problem = problem


def wall_time(moment: datetime) -> datetime:
    """What the clock on the wall shows at ``moment``, without time zone."""
    return localtime(moment).replace(tzinfo=None, fold=0)


def moment_at(wall: datetime) -> datetime:
    """The moment at which the clock shows ``wall``. Raises ``ImpossibleTimeError`` when there is none, or two."""
    problem = clock_change_problem(wall)
    if problem is not None:
        raise ImpossibleTimeError(problem)
    return wall.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def shifted(moment: datetime, days: int) -> datetime:
    """The same time on the wall so many days later (earlier, when negative). Raises ``ImpossibleTimeError``."""
    return moment_at(wall_time(moment) + timedelta(days=days))
