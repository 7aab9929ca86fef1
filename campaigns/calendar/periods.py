"""What one view of the calendar shows: a month, a week, a day or a list, each with its neighbours and its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

View = Literal["month", "week", "day", "list"]
VIEWS: tuple[View, ...] = ("month", "week", "day", "list")
YEARS = range(2000, 2100)  # beyond them a calendar is somebody's crawler
LISTED_DAYS = 28
NAMESPACE = "calendar_of_campaigns"


@dataclass(frozen=True, slots=True)
class Period:
    """The days of one view. ``anchor`` is the day it was asked for, ``first`` and ``last`` what it covers."""

    view: View
    anchor: date
    first: date
    last: date

    @classmethod
    def around(cls, view: View, day: date) -> Period:
        """The period of this kind that ``day`` lies in (a list begins with it). Weeks begin on Monday."""
        match view:
            case "month":
                first = day.replace(day=1)
                following = (first + timedelta(days=31)).replace(day=1)
                return cls(view, first, first, following - timedelta(days=1))
            case "week":
                monday = day - timedelta(days=day.weekday())
                return cls(view, monday, monday, monday + timedelta(days=6))
            case "day":
                return cls(view, day, day, day)
            case _:
                return cls(view, day, day, day + timedelta(days=LISTED_DAYS - 1))

    @property
    def days(self) -> list[date]:
        """Every day shown; a month is filled up to whole weeks."""
        first, last = self.first, self.last
        if self.view == "month":
            first -= timedelta(days=first.weekday())
            last += timedelta(days=6 - last.weekday())
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From midnight of the first day shown to midnight after the last, by the clock on the wall."""
        zone = ZoneInfo(settings.TIME_ZONE)
        days = self.days
        begin = datetime.combine(days[0], time.min, tzinfo=zone)
        return begin, datetime.combine(days[-1] + timedelta(days=1), time.min, tzinfo=zone)

    @property
    def previous(self) -> Period:
        step = LISTED_DAYS if self.view == "list" else 1
        return Period.around(self.view, self.first - timedelta(days=step))

    @property
    def next(self) -> Period:
        return Period.around(self.view, self.last + timedelta(days=1))

    @property
    def exists(self) -> bool:
        return self.first.year in YEARS

    @property
    def url(self) -> str:
        return reverse(f"{NAMESPACE}:{self.view}", args=self._address())

    def _address(self) -> list[Any]:
        match self.view:
            case "month":
                return [self.anchor.year, self.anchor.month]
            case "week":
                year, week, __ = self.anchor.isocalendar()
                return [year, week]
            case _:
                return [self.anchor.year, self.anchor.month, self.anchor.day]

    @property
    def title(self) -> str:
        match self.view:
            case "month":
                return date_format(self.first, "F Y")
            case "week":
                number = self.first.isocalendar().week
                return _("Week %(number)s: %(first)s – %(last)s") % {
                    "number": number,
                    "first": date_format(self.first, "j F"),
                    "last": date_format(self.last, "j F Y"),
                }
            case "day":
                return date_format(self.first, "l j F Y")
            case _:
                return f"{date_format(self.first, 'j F')} – {date_format(self.last, 'j F Y')}"
