"""Opening hours in words, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from support.holidays import holiday_calendar
from support.hours import MINUTES_A_DAY, OpeningHours, Period, Span
from support.models import SupportService


@dataclass(frozen=True, slots=True)
class OpenNow:
    """``text``: a short sentence; ``is_open`` is None when nobody knows."""

    is_open: bool | None
    text: str


def open_now(service: SupportService, moment: datetime) -> OpenNow:
    """Whether ``service`` is open at ``moment``, and when that changes, by the service's own clock."""
    hours = service.opening_hours
    if hours is None:
        return OpenNow(None, _("Opening hours not known for certain"))
    if hours.always:
        return OpenNow(True, _("Open now, day and night"))
    period = hours.period_at_or_after(moment, service.zone, holiday_calendar(service.country))
    if period is None:
        return OpenNow(False, _("Closed now"))
    return _until(period, service, moment) if period.opens <= moment else _from(period, service, moment)


def _until(period: Period, service: SupportService, moment: datetime) -> OpenNow:
    if period.closes - moment > timedelta(days=7):
        return OpenNow(True, _("Open now"))
    return OpenNow(True, _("Open now, until %(time)s") % {"time": _when(period.closes, service, moment)})


def _from(period: Period, service: SupportService, moment: datetime) -> OpenNow:
    return OpenNow(
        False, _("Closed now, open from %(time)s") % {"time": _when(period.opens, service, moment)}
    )


def _when(then: datetime, service: SupportService, moment: datetime) -> str:
    """A time; with its day when that is not the day of ``moment``."""
    local = then.astimezone(service.zone)
    clock = time_format(local.time(), "TIME_FORMAT")
    days = (local.date() - moment.astimezone(service.zone).date()).days
    if days == 0 or (days == 1 and local.time() < time(6)):
        return clock
    if days < 7:
        return _("%(day)s %(time)s") % {"day": WEEKDAYS[local.weekday()], "time": clock}
    return _("%(day)s %(time)s") % {"day": date_format(local.date(), "DATE_FORMAT"), "time": clock}


def week_in_words(hours: OpeningHours) -> list[str]:
    """An ordinary week, days with the same hours together: “Monday to Friday: 09:00–17:00”."""
    if hours.always:
        return [_("Day and night")]
    return [f"{days}: {times}" for days, times in _week(hours)]


def _week(hours: OpeningHours) -> Iterator[tuple[str, str]]:
    spans_of: list[tuple[Span, ...]] = []
    for weekday in range(7):
        rules = [rule for rule in hours.rules if weekday in rule.weekdays]
        spans_of.append(rules[-1].spans if rules else ())
    first = 0
    for weekday in range(1, 8):
        if weekday < 7 and spans_of[weekday] == spans_of[first]:
            continue
        if spans_of[first]:
            times = ", ".join(f"{_clock(span.start)}–{_clock(span.end)}" for span in spans_of[first])
            yield _days(first, weekday - 1), times
        first = weekday


def _days(first: int, last: int) -> str:
    if first == last:
        return str(WEEKDAYS[first])
    return _("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}


def _clock(minutes: int) -> str:
    if minutes == MINUTES_A_DAY:
        return "24:00"
    hours, rest = divmod(minutes % MINUTES_A_DAY, 60)
    return str(time_format(time(hours, rest), "TIME_FORMAT"))
