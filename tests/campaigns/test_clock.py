"""Planning by the clock on the wall, through every clock change from 2026 to 2030."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from campaigns.admin.fields import PlannedTimeField
from campaigns.clock import clock_change_problem

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SPRING = [
    datetime.fromisoformat(day)
    for day in ("2026-03-29", "2027-03-28", "2028-03-26", "2029-03-25", "2030-03-31")
]
AUTUMN = [
    datetime.fromisoformat(day)
    for day in ("2026-10-25", "2027-10-31", "2028-10-29", "2029-10-28", "2030-10-27")
]

wall_times = st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2030-12-31T23:59"))


@pytest.mark.parametrize("night", SPRING + AUTUMN)
@given(minute=st.integers(0, 59))
def test_the_hour_that_jumps_or_repeats_is_refused_in_a_sentence_that_names_it(
    night: datetime, minute: int
) -> None:
    wall_time = night + timedelta(hours=2, minutes=minute)
    with override("nl"), pytest.raises(ValidationError) as refusal:
        PlannedTimeField().clean(f"{wall_time:%Y-%m-%d %H:%M}")
    (message,) = refusal.value.messages
    assert f"{wall_time:%H:%M}" in message
    assert str(night.day) in message
    assert str(night.year) in message


@pytest.mark.parametrize("night", SPRING + AUTUMN)
@pytest.mark.parametrize("time", [timedelta(hours=1, minutes=59), timedelta(hours=3)])
def test_the_minutes_beside_it_are_taken(night: datetime, time: timedelta) -> None:
    assert clock_change_problem(night + time) is None


@given(wall_times)
def test_every_time_taken_is_one_moment_and_comes_back_the_same(wall_time: datetime) -> None:
    wall_time = wall_time.replace(second=0, microsecond=0)
    try:
        moment = PlannedTimeField().clean(f"{wall_time:%Y-%m-%d %H:%M}")
    except ValidationError:
        nights = {night.date() for night in SPRING + AUTUMN}
        assert wall_time.date() in nights
        assert wall_time.hour == 2
        return
    assert moment is not None
    assert moment.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) == wall_time


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_time_or_one_clear_refusal(typed: str) -> None:
    moment, said = None, ["nothing"]
    try:
        moment = PlannedTimeField(required=False).clean(typed)
    except ValidationError as refusal:
        said = refusal.messages
    assert len(said) == 1
    assert moment is None or moment.tzinfo is not None
