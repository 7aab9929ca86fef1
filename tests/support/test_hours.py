"""Opening hours: over midnight, on holidays, on 29 February, when the clock changes."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from support.holidays import holiday_calendar
from support.hours import DAYS, NotReadable, OpeningHours, parse_hours

ZONE = ZoneInfo("Europe/Amsterdam")
NL = holiday_calendar("NL")


def at(text: str, moment: str, country: str = "NL", fold: int = 0) -> bool:
    when = datetime.fromisoformat(moment).replace(tzinfo=ZONE, fold=fold)
    return parse_hours(text).is_open(when, ZONE, holiday_calendar(country))


def test_an_ordinary_week() -> None:
    assert at("Mo-Fr 09:00-17:00", "2026-11-23 09:00")
    assert not at("Mo-Fr 09:00-17:00", "2026-11-23 17:00")
    assert not at("Mo-Fr 09:00-17:00", "2026-11-22 12:00")


def test_a_night_belongs_to_the_day_it_starts_on() -> None:
    assert at("Sa 22:00-02:00", "2026-11-22 01:59")
    assert not at("Sa 22:00-02:00", "2026-11-22 02:00")
    assert not at("Sa 22:00-02:00", "2026-11-21 01:00")


def test_a_later_rule_wins_on_the_days_it_names() -> None:
    assert not at("Mo-Fr 09:00-17:00; We off", "2026-11-25 12:00")
    assert at("Mo-Fr 09:00-17:00; Dec 24 09:00-12:00", "2026-12-24 11:00")
    assert not at("Mo-Fr 09:00-17:00; Dec 24 09:00-12:00", "2026-12-24 13:00")


def test_a_holiday_is_one_of_its_own_country() -> None:
    text = "Mo-Fr 09:00-17:00; PH off"
    assert not at(text, "2026-04-27 12:00")  # King's Day
    assert at(text, "2026-04-27 12:00", country="DE")
    assert not at(text, "2026-06-04 12:00", country="DE")  # Corpus Christi, in North Rhine-Westphalia
    assert at(text, "2026-06-04 12:00", country="NL")
    assert not at(text, "2026-07-21 12:00", country="BE")  # National Day


def test_29_february() -> None:
    assert not at("Mo-Su 09:00-17:00; Feb 29 off", "2028-02-29 12:00")
    assert at("Mo-Su 09:00-17:00; Feb 29 off", "2028-03-01 12:00")
    assert at("Mo-Su 22:00-02:00", "2028-02-29 01:00")
    with pytest.raises(NotReadable, match="2027 Feb 29"):
        parse_hours("2027 Feb 29 off")


def test_when_the_clock_goes_forward_a_night_is_an_hour_shorter() -> None:
    (period,) = parse_hours("Sa 22:00-04:00").periods(date(2026, 3, 28), 1, ZONE, NL)
    assert period.closes - period.opens == timedelta(hours=5)


def test_when_the_clock_goes_back_a_night_is_an_hour_longer() -> None:
    (period,) = parse_hours("Sa 22:00-04:00").periods(date(2026, 10, 24), 1, ZONE, NL)
    assert period.closes - period.opens == timedelta(hours=7)
    assert at("Sa 22:00-04:00", "2026-10-25 02:30", fold=1)


def test_day_and_night_is_always() -> None:
    assert parse_hours("24/7").always
    assert at("24/7", "2028-02-29 03:00")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "altijd",
        "Mo-Fr",
        "Xx 09:00-17:00",
        "Mo 9-17",
        "Mo 09:60-17:00",
        "Mo 24:00-25:00",
        "Feb 30 off",
        "Mo 09:00",
    ],
)
def test_what_is_no_opening_hours_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotReadable) as caught:
        parse_hours(text)
    assert str(caught.value).endswith(".")


EARLIEST, LATEST = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (2026, 2029))
moments = st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC))
clock = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
spans = st.lists(st.builds("{}-{}".format, clock, clock), min_size=1, max_size=2).map(",".join) | st.just(
    "off"
)
days = st.sampled_from([*DAYS, "Mo-Fr", "Fr-Mo", "PH", "Feb 29", "2028 Feb 29", "Mo,We"])
written = st.lists(st.builds("{} {}".format, days, spans), min_size=1, max_size=4).map("; ".join)


@given(written, moments)
def test_open_is_what_the_next_period_says(text: str, moment: datetime) -> None:
    hours = parse_hours(text)
    period = hours.period_at_or_after(moment, ZONE, NL)
    if period is None:
        assert not hours.is_open(moment, ZONE, NL)
        return
    assert period.closes > moment
    assert hours.is_open(moment, ZONE, NL) == (period.opens <= moment)
    assert hours.is_open(period.opens, ZONE, NL)
    assert hours.is_open(period.closes - timedelta(minutes=1), ZONE, NL)
    assert not hours.is_open(period.closes, ZONE, NL) or period.closes - period.opens > timedelta(days=13)


@given(written, moments)
def test_open_by_the_wall_clock(text: str, moment: datetime) -> None:
    """The same answer as a person gets who looks at the clock and at the sign on the door."""
    hours = parse_hours(text)
    local = moment.astimezone(ZONE)
    offsets = {(local + timedelta(days=days)).utcoffset() for days in (-1, 0, 1)}
    assume(len(offsets) == 1)  # in the night of a clock change the sign itself means two things
    minute = local.hour * 60 + local.minute + local.second / 60 + local.microsecond / 6e7
    today = any(span.start <= minute < span.end for span in hours.spans_on(local.date(), NL))
    eve = hours.spans_on(local.date() - timedelta(days=1), NL)
    assert hours.is_open(moment, ZONE, NL) == (today or any(minute + 1440 < span.end for span in eve))


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(NotReadable):
        assert isinstance(parse_hours(text), OpeningHours)
