"""Opening hours: read from a short notation, and asked whether a place is open at a moment. Knows no models.

The notation is a part of OpenStreetMap's ``opening_hours``: ``24/7``, or rules with ``;`` between them, of which a
later one wins on the days it names::

    Mo-Fr 09:00-12:30,13:30-17:00; Sa 22:00-02:00; PH off; Dec 24 09:00-12:00; 2028 Feb 29 off

``PH`` is a public holiday. An end before its start lies on the next day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
ALWAYS = "24/7"
MINUTES_A_DAY = 24 * 60
DAYS_AHEAD = 15  # a place closed for longer has no next opening worth telling

_TIMES = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_DATE = re.compile(rf"(?:(\d{{4}})\s+)?({'|'.join(MONTHS)})\s+(\d{{1,2}})")
_RULE = re.compile(r"(?P<days>.*?)\s*(?P<times>off|\d{1,2}:\d{2}.*)?", re.DOTALL)

IsHoliday = Callable[[date], bool]


class NotReadable(ValueError):
    """The text is no opening hours; the message is one sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes after midnight of the day it starts on; ``end`` is after ``start``, on the next day when over 1440."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """On which days it holds, and when one is open on them (never, when ``spans`` is empty)."""

    spans: tuple[Span, ...]
    weekdays: frozenset[int] = frozenset()
    on_holidays: bool = False
    dates: frozenset[tuple[int, int, int]] = frozenset()  # (year or 0 for every year, month, day)

    def holds_on(self, day: date, is_holiday: IsHoliday) -> bool:
        return (
            day.weekday() in self.weekdays
            or bool({(0, day.month, day.day), (day.year, day.month, day.day)} & self.dates)
            or (self.on_holidays and is_holiday(day))
        )


@dataclass(frozen=True, slots=True)
class Period:
    """From when until when a place is open, both in UTC."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class OpeningHours:
    rules: tuple[Rule, ...]
    always: bool = False

    def spans_on(self, day: date, is_holiday: IsHoliday) -> tuple[Span, ...]:
        """When one is open that starts on ``day``: what the last rule for it says."""
        for rule in reversed(self.rules):
            if rule.holds_on(day, is_holiday):
                return rule.spans
        return ()

    def periods(self, first: date, days: int, zone: ZoneInfo, is_holiday: IsHoliday) -> Iterator[Period]:
        """Open periods that start on one of ``days`` days from ``first``, those that touch joined, in order."""
        current: Period | None = None
        for number in range(days):
            day = first + timedelta(days=number)
            for span in sorted(self.spans_on(day, is_holiday), key=lambda span: span.start):
                following = Period(_moment(day, span.start, zone), _moment(day, span.end, zone))
                if current and following.opens <= current.closes:
                    current = Period(current.opens, max(current.closes, following.closes))
                else:
                    if current and current.opens < current.closes:
                        yield current
                    current = following
        if current and current.opens < current.closes:
            yield current

    def period_at_or_after(self, moment: datetime, zone: ZoneInfo, is_holiday: IsHoliday) -> Period | None:
        """The period that is open at ``moment``, else the next one within two weeks."""
        first = moment.astimezone(zone).date() - timedelta(days=1)
        found = self.periods(first, DAYS_AHEAD + 1, zone, is_holiday)
        return next((period for period in found if period.closes > moment), None)

    def is_open(self, moment: datetime, zone: ZoneInfo, is_holiday: IsHoliday) -> bool:
        if self.always:
            return True
        period = self.period_at_or_after(moment, zone, is_holiday)
        return period is not None and period.opens <= moment


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """A wall-clock time as a moment. One that a clock change skips is the moment the clock has moved on."""
    day += timedelta(days=minutes // MINUTES_A_DAY)
    hours, rest = divmod(minutes % MINUTES_A_DAY, 60)
    return datetime.combine(day, time(hours, rest), zone).astimezone(UTC)


def parse_hours(text: str) -> OpeningHours:
    """Raises ``NotReadable`` with a sentence that names the part that is wrong."""
    if text.strip() == ALWAYS:
        return OpeningHours((Rule((Span(0, MINUTES_A_DAY),), weekdays=frozenset(range(7))),), always=True)
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if not parts:
        raise NotReadable(_("There are no opening hours in this."))
    return OpeningHours(tuple(_rule(part) for part in parts))


def _rule(part: str) -> Rule:
    match = _RULE.fullmatch(part)
    if match is None or not match["times"]:
        raise NotReadable(_("“%(part)s” names no times: write 09:00-17:00 or off.") % {"part": part})
    spans = () if match["times"] == "off" else tuple(_span(times) for times in match["times"].split(","))
    days = match["days"].strip().rstrip(":")
    if not days:
        return Rule(spans, weekdays=frozenset(range(7)))
    weekdays: set[int] = set()
    dates: set[tuple[int, int, int]] = set()
    on_holidays = False
    for name in (name.strip() for name in days.split(",")):
        if name == "PH":
            on_holidays = True
        elif date_match := _DATE.fullmatch(name):
            dates.add(_date(date_match[1], date_match[2], date_match[3], name))
        else:
            weekdays |= _weekdays(name)
    return Rule(spans, frozenset(weekdays), on_holidays, frozenset(dates))


def _weekdays(name: str) -> set[int]:
    first, __, last = (end.strip() for end in name.partition("-"))
    if first not in DAYS or (last and last not in DAYS):
        raise NotReadable(
            _("“%(part)s” is no day: write %(days)s, PH or Dec 24.") % {"part": name, "days": ", ".join(DAYS)}
        )
    start, end = DAYS.index(first), DAYS.index(last or first)
    return {(start + number) % 7 for number in range((end - start) % 7 + 1)}


def _date(year: str | None, month: str, day: str, name: str) -> tuple[int, int, int]:
    number = MONTHS.index(month) + 1
    try:
        if year:
            date(int(year), number, int(day))
    except ValueError as error:
        raise NotReadable(_("The day “%(part)s” does not exist.") % {"part": name}) from error
    if not 1 <= int(day) <= LONGEST_MONTHS[number - 1]:
        raise NotReadable(_("The day “%(part)s” does not exist.") % {"part": name})
    return int(year or 0), number, int(day)


def _span(text: str) -> Span:
    match = _TIMES.fullmatch(text.strip())
    if match is None:
        raise NotReadable(_("“%(part)s” is no period: write 09:00-17:00.") % {"part": text.strip()})
    hours = [int(group) for group in match.groups()]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if hours[1] > 59 or hours[3] > 59 or start >= MINUTES_A_DAY or end > MINUTES_A_DAY:
        raise NotReadable(_("“%(part)s” is no period: write 09:00-17:00.") % {"part": text.strip()})
    return Span(start, end if end > start else end + MINUTES_A_DAY)
