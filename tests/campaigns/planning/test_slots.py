"""Slots of the week, the next free one, and series: also where a day has 23 hours and a month 28 days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.models import PlatformPost, Post, PostTarget, Slot, SocialAccount
from campaigns.planning.series import MOST, series_times
from campaigns.planning.slots import free_slots, keep_slots, parse_slots, slot_times, slots_as_text
from campaigns.planning.times import wall_time
from tests.campaigns.editor import NOON, errors
from tests.factories.campaigns import (
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
    approved_post,
    scheduled,
)

TUESDAY_EVENING, THURSDAY_NOON = (1, time(19, 30)), (3, time(12))
SLOTS_PAGE = "/admin/campaigns/planning/slots/"


@pytest.fixture
def clock(db: None) -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:  # Monday 4 May 2026, 12:00
        yield traveller


@pytest.fixture
def account(network: MemoryNetwork, db: None) -> SocialAccount:
    account = SocialAccountFactory(name="mila.example")
    keep_slots(account, [TUESDAY_EVENING, THURSDAY_NOON])
    return account


def wall(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - on the wall


@pytest.mark.parametrize(
    "text",
    [
        "di 19:30, do 12:00",
        "Do. 12, Dienstag 19.30",
        "jeudi 12h; mar 19h30",
        "Tue 19:30\nThu 12:00 uur",
        "do 12, do 12:00, di 19:30",
    ],
)
def test_slots_are_read_as_people_write_them(text: str) -> None:
    assert parse_slots(text) == [TUESDAY_EVENING, THURSDAY_NOON]


@pytest.mark.parametrize("text", ["di", "19:30", "di 25:00", "xx 12:00", "di 19:30 do 12:00", "di 12:61"])
def test_what_is_no_slot_is_named(text: str) -> None:
    with pytest.raises(ValidationError) as error:
        parse_slots(f"do 12:00, {text}")
    assert text in str(error.value)


def test_the_next_free_slot_is_one_where_nothing_is_planned(clock: Any, account: SocialAccount) -> None:
    first, second, third = free_slots(account, NOON, 3)
    assert [wall_time(one) for one in (first, second, third)] == [
        wall(2026, 5, 5, 19, 30),
        wall(2026, 5, 7, 12, 0),
        wall(2026, 5, 12, 19, 30),
    ]
    scheduled(account, first)
    draft = PostFactory(planned_at=second)
    draft.targets = [PostTarget(account=account)]
    draft.save()
    draft.save_revision()
    scheduled(SocialAccountFactory(), third)  # on another account
    assert free_slots(account, NOON, 1) == [third]
    PlatformPost.objects.filter(account=account).update(status="cancelled")
    assert free_slots(account, NOON, 1) == [first]


def test_an_account_without_slots_offers_none(clock: Any, network: MemoryNetwork) -> None:
    assert free_slots(SocialAccountFactory(), NOON, 3) == []


@pytest.mark.parametrize(
    ("after", "eaten"),
    [
        (datetime(2026, 10, 20, tzinfo=UTC), (2026, 10, 25)),
        (datetime(2027, 3, 25, tzinfo=UTC), (2027, 3, 28)),
    ],
)
def test_a_slot_that_a_clock_change_eats_is_left_out(after: datetime, eaten: tuple[int, int, int]) -> None:
    times = slot_times([(6, time(2, 30))], after)
    assert wall_time(next(iter(times))).date() == date(*eaten) + timedelta(days=7)


weeks = st.lists(st.tuples(st.integers(0, 6), st.times().map(lambda one: one.replace(second=0, microsecond=0))), min_size=1, max_size=5, unique=True)  # fmt: skip
moments = st.integers(0, 20 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(weeks, moments)
def test_slots_come_in_order_after_the_moment_and_at_their_time(
    slots: list[tuple[int, time]], after: datetime
) -> None:
    found = list(slot_times(slots, after))[:20]
    assert found == sorted(set(found))
    for moment in found:
        shown = wall_time(moment)
        assert moment > after
        assert (shown.weekday(), shown.time()) in slots


@given(weeks)
def test_slots_written_out_are_read_back(slots: list[tuple[int, time]]) -> None:
    written = ", ".join(str(Slot(weekday=day, time=clock)) for day, clock in slots)
    assert parse_slots(written) == sorted(slots)


def test_slots_are_changed_on_their_page(clock: Any, staff: Client, account: SocialAccount) -> None:
    field = f"slots-{account.pk}"
    assert slots_as_text(account) in staff.get(SLOTS_PAGE).content.decode()
    others = {f"slots-{other.pk}": "" for other in SocialAccount.objects.exclude(pk=account.pk)}
    assert field in errors(staff.post(SLOTS_PAGE, {**others, field: "di 19:30, morgen"}))
    assert account.slots.count() == 2
    staff.post(SLOTS_PAGE, {**others, field: "wo 8:15"})
    assert [(slot.weekday, slot.time) for slot in account.slots.all()] == [(2, time(8, 15))]


def test_the_form_that_moves_a_post_offers_free_slots(
    clock: Any, staff: Client, account: SocialAccount
) -> None:
    row = scheduled(account, NOON + timedelta(hours=1))
    url = reverse("calendar_of_campaigns:move", args=[row.pk])
    assert 'value="2026-05-05 19:30"' in staff.get(url).content.decode()
    staff.post(url, {"planned_at": "2026-05-04 13:00", "slot": "2026-05-05 19:30"})
    row.refresh_from_db()
    assert wall_time(row.due_at) == wall(2026, 5, 5, 19, 30)


@pytest.mark.parametrize(
    ("first", "every", "unit", "until", "expected"),
    [
        ((2026, 1, 31), 1, "month", (2026, 5, 1), [(2, 28), (3, 31), (4, 30)]),
        ((2027, 11, 29), 1, "month", (2028, 3, 29), [(12, 29), (1, 29), (2, 29), (3, 29)]),
        ((2028, 2, 29), 12, "month", (2029, 12, 31), [(2, 28)]),
        ((2026, 12, 24), 2, "week", (2027, 1, 21), [(1, 7), (1, 21)]),
        ((2026, 5, 1), 1, "week", (2026, 5, 7), []),
    ],
)
def test_a_series_knows_month_ends_and_leap_days(
    first: Any, every: int, unit: Any, until: Any, expected: Any
) -> None:
    times = series_times(wall(first[0], first[1], first[2], 19, 30), every, unit, date(*until))
    assert [(one.month, one.day) for one in times] == expected
    assert {one.hour for one in times} <= {19}


@given(moments.map(wall_time), st.integers(1, 52), st.sampled_from(["week", "month"]), st.integers(0, 900))
def test_a_series_goes_on_to_its_end_and_not_beyond(
    first: datetime, every: int, unit: Any, days: int
) -> None:
    until = (first + timedelta(days=days)).date()
    times = series_times(first, every, unit, until)
    assert len(times) <= MOST
    assert times == sorted(set(times))
    for one in times:
        assert first < one
        assert one.date() <= until
        assert one.time() == first.time()
        assert one.weekday() == first.weekday() if unit == "week" else one.day <= first.day


def test_a_series_is_shown_first_and_then_made_as_drafts(
    clock: Any, staff: Client, account: SocialAccount
) -> None:
    post = approved_post(account, due_at=NOON + timedelta(days=1), text="Elke week weer")
    PostFactory(
        language="de", translation_key=post.translation_key, text="Jede Woche", campaign=post.campaign
    ).save_revision()
    url = reverse("planning_of_campaigns:series", args=[post.pk])
    data = {"every": 1, "unit": "week", "until": "2026-05-20", "with_versions": "on"}
    shown = staff.post(url, data)
    assert Post.objects.count() == 2
    assert [wall_time(one).day for one in shown.context["form"].moments] == [12, 19]
    staff.post(url, {**data, "make": "1"})
    copies = Post.objects.exclude(translation_key=post.translation_key)
    assert (
        sorted((copy.text, copy.live) for copy in copies)
        == [("Elke week weer", False)] * 2 + [("Jede Woche", False)] * 2
    )
    dutch = copies.filter(text="Elke week weer").order_by("planned_at")
    assert [wall_time(copy.planned_at).day for copy in dutch] == [12, 19]
    assert [target.account for copy in dutch for target in copy.targets.all()] == [account, account]
    german = copies.get(text="Jede Woche", planned_at=dutch[0].planned_at)
    assert german.translation_key == dutch[0].translation_key
    assert PlatformPost.objects.count() == 1  # nothing of it goes out unapproved
    post.refresh_from_db()
    assert post.live


@pytest.mark.parametrize("changes", [{"until": "2026-05-06"}, {"until": ""}, {"every": 0}, {"unit": "year"}])
def test_a_series_that_cannot_be_is_refused(
    changes: Any, clock: Any, staff: Client, account: SocialAccount
) -> None:
    post = approved_post(account, due_at=NOON + timedelta(days=1))
    data = {"every": 1, "unit": "week", "until": "2026-05-20", "make": "1", **changes}
    assert errors(staff.post(reverse("planning_of_campaigns:series", args=[post.pk]), data))
    assert Post.objects.count() == 1
