"""Moving a whole campaign keeps the hours on the wall, and moves all of it or nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.models import Campaign, PlatformPost, SocialAccount
from campaigns.planning.times import ImpossibleTimeError, moment_at, shifted, wall_time
from campaigns.states import Status
from tests.campaigns.editor import NOON, errors
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
    approved_post,
    scheduled,
)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(network: MemoryNetwork, db: None) -> SocialAccount:
    return SocialAccountFactory()


@pytest.fixture
def campaign(db: None) -> Campaign:
    return CampaignFactory()


def shift(staff: Client, campaign: Campaign, days: Any) -> Any:
    return staff.post(reverse("planning_of_campaigns:shift", args=[campaign.pk]), {"days": days})


def test_everything_to_come_moves_and_the_rest_stays(
    staff: Client, account: SocialAccount, campaign: Campaign, clock: Any
) -> None:
    soon = NOON + timedelta(days=2)
    approved_post(account, SocialAccountFactory(), due_at=soon, campaign=campaign)
    draft = PostFactory(campaign=campaign, planned_at=soon)
    draft.save_revision()
    other, out = scheduled(account, soon), scheduled(account, soon, campaign=campaign)
    PlatformPost.objects.filter(pk=out.pk).update(status=Status.PUBLISHED)
    shift(staff, campaign, 7)
    moved = PlatformPost.objects.filter(post__campaign=campaign).exclude(pk=out.pk)
    assert {row.due_at for row in moved} == {soon + timedelta(days=7)}
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().planned_at == soon + timedelta(days=7)
    for row in (other, out):
        row.refresh_from_db()
        assert row.due_at == soon


def test_the_hour_on_the_wall_stays_over_a_clock_change(
    staff: Client, account: SocialAccount, campaign: Campaign, clock: Any
) -> None:
    scheduled(account, datetime(2026, 10, 24, 17, 30, tzinfo=UTC), campaign=campaign)  # 19:30
    shift(staff, campaign, 7)
    assert PlatformPost.objects.get().due_at == datetime(2026, 10, 31, 18, 30, tzinfo=UTC)  # 19:30


@pytest.mark.parametrize("days", [-3, 0, "", "veel", 5000])
def test_what_cannot_be_is_said_and_nothing_moves(
    days: Any, staff: Client, account: SocialAccount, campaign: Campaign, clock: Any
) -> None:
    times = [NOON + timedelta(days=2), NOON + timedelta(days=9)]
    for due_at in times:
        scheduled(account, due_at, campaign=campaign)
    assert "days" in errors(shift(staff, campaign, days))
    assert [row.due_at for row in PlatformPost.objects.order_by("due_at")] == times


def test_a_time_that_comes_twice_stops_the_whole_shift(
    staff: Client, account: SocialAccount, campaign: Campaign, clock: Any
) -> None:
    first = scheduled(account, datetime(2026, 10, 17, 17, 30, tzinfo=UTC), campaign=campaign)
    scheduled(account, datetime(2026, 10, 18, 0, 30, tzinfo=UTC), campaign=campaign)  # 2:30
    response = shift(staff, campaign, 7)
    assert "02:30" in str(errors(response)["days"])
    first.refresh_from_db()
    assert first.due_at == datetime(2026, 10, 17, 17, 30, tzinfo=UTC)


moments = st.integers(0, 20 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(moments, st.integers(-800, 800))
def test_a_shift_keeps_the_clock_and_counts_the_days(moment: datetime, days: int) -> None:
    try:
        new = shifted(moment, days)
    except ImpossibleTimeError:
        new = None
    if new is None:
        assert wall_time(moment).hour == 2  # the only hour that jumps
        return
    assert wall_time(new) - wall_time(moment) == timedelta(days=days)
    assert moment_at(wall_time(new)) == new
