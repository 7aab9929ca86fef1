"""The crisis button: nothing goes out, and what was missed waits for a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.actions import publish_platform_post
from campaigns.models import Campaign, Pause, PlatformPost, SocialAccount
from campaigns.states import Status
from tests.campaigns.editor import NOON, errors
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    MemoryProvider,
    SocialAccountFactory,
    scheduled,
)

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(minutes=10)
LATE_PAGE = "/admin/campaigns/planning/"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory(name="mila.example")


@pytest.fixture
def campaign() -> Campaign:
    return CampaignFactory(name="Openhartig")


def press_pause(staff: Client, campaign: Campaign | None) -> Pause:
    name = "pause" if campaign else "pause_all"
    url = reverse(f"planning_of_campaigns:{name}", args=[campaign.pk] if campaign else [])
    staff.post(url, {"reason": "Ongeval in Roermond"})
    return Pause.objects.open().get(campaign=campaign)


def resume(staff: Client, pause: Pause, **data: Any) -> Any:
    return staff.post(reverse("planning_of_campaigns:resume", args=[pause.pk]), data)


def test_nothing_of_a_paused_campaign_goes_out_and_the_rest_does(
    staff: Client, account: SocialAccount, campaign: Campaign, network: MemoryNetwork, clock: Any
) -> None:
    held, other = scheduled(account, SOON, campaign=campaign), scheduled(account, SOON)
    press_pause(staff, campaign)
    clock.move_to(SOON)
    assert publish_platform_post(held.pk) == Status.LATE
    assert publish_platform_post(other.pk) == Status.PUBLISHED
    assert network.stored == 1


def test_everything_is_paused_at_once(
    staff: Client, account: SocialAccount, network: MemoryNetwork, clock: Any
) -> None:
    rows = [scheduled(account, SOON), scheduled(account, SOON)]
    press_pause(staff, None)
    clock.move_to(SOON)
    assert {publish_platform_post(row.pk) for row in rows} == {Status.LATE}
    assert network.calls == []


def test_publish_now_does_not_get_around_a_pause(
    staff: Client, account: SocialAccount, campaign: Campaign, network: MemoryNetwork
) -> None:
    row = scheduled(account, SOON, campaign=campaign)
    press_pause(staff, campaign)
    staff.post(reverse("wagtailsnippets_campaigns_post:publish_now", args=[row.pk]))
    assert publish_platform_post(row.pk) == Status.LATE
    assert network.stored == 0


def test_a_second_press_changes_nothing(staff: Client, campaign: Campaign) -> None:
    for place in (None, None, campaign, campaign):
        press_pause(staff, place)
    assert Pause.objects.count() == 2


@pytest.mark.parametrize("a_worker_came_by", [True, False])
def test_resuming_asks_about_each_missed_post(
    a_worker_came_by: bool,
    staff: Client,
    account: SocialAccount,
    campaign: Campaign,
    clock: Any,
) -> None:
    now, later, drop, leave = (scheduled(account, SOON, campaign=campaign) for __ in range(4))
    to_come = scheduled(account, NOON + timedelta(days=1), campaign=campaign)
    pause = press_pause(staff, campaign)
    clock.move_to(SOON + timedelta(minutes=20))
    if a_worker_came_by:
        for row in (now, later, drop, leave):
            publish_platform_post(row.pk)
    html = staff.get(reverse("planning_of_campaigns:resume", args=[pause.pk])).content.decode()
    assert f"choice-{leave.pk}" in html
    assert f"choice-{to_come.pk}" not in html
    resume(
        staff,
        pause,
        **{
            f"choice-{now.pk}": "now",
            f"choice-{later.pk}": "later",
            f"time-{later.pk}": "2026-05-08 09:00",
            f"choice-{drop.pk}": "drop",
            f"choice-{leave.pk}": "leave",
        },
    )
    assert not Pause.objects.open().exists()
    states = {row.pk: row.status for row in PlatformPost.objects.all()}
    assert [states[row.pk] for row in (now, later, drop, leave, to_come)] == [
        Status.SCHEDULED,
        Status.SCHEDULED,
        Status.CANCELLED,
        Status.LATE,
        Status.SCHEDULED,
    ]
    for row in (now, later, drop, leave, to_come):
        publish_platform_post(row.pk)
    assert MemoryProvider.network.stored == 1  # the one that was sent on purpose


def test_a_choice_without_its_time_keeps_the_pause(
    staff: Client, account: SocialAccount, campaign: Campaign, clock: Any
) -> None:
    row = scheduled(account, SOON, campaign=campaign)
    pause = press_pause(staff, campaign)
    clock.move_to(SOON)
    response = resume(staff, pause, **{f"choice-{row.pk}": "later", f"time-{row.pk}": ""})
    assert f"time-{row.pk}" in errors(response)
    assert Pause.objects.open().exists()


def test_late_posts_are_shown_with_their_choices(staff: Client, account: SocialAccount, clock: Any) -> None:
    row = scheduled(account, NOON)
    clock.move_to(NOON + timedelta(minutes=61))
    assert publish_platform_post(row.pk) == Status.LATE
    assert f'name="choice-{row.pk}"' in staff.get(LATE_PAGE).content.decode()
    staff.post(LATE_PAGE, {f"choice-{row.pk}": "now"})
    assert publish_platform_post(row.pk) == Status.PUBLISHED


def test_a_post_within_its_hour_goes_out_without_asking(account: SocialAccount, clock: Any) -> None:
    row = scheduled(account, NOON)
    clock.move_to(NOON + timedelta(minutes=59))
    assert publish_platform_post(row.pk) == Status.PUBLISHED


@pytest.mark.parametrize("time", ["", "2026-05-04 11:00", "2026-10-25 02:30", "morgen"])
def test_a_new_time_for_a_late_post_is_checked(time: str, staff: Client, account: SocialAccount) -> None:
    row = scheduled(account, NOON)
    PlatformPost.objects.update(status=Status.LATE)
    response = staff.post(LATE_PAGE, {f"choice-{row.pk}": "later", f"time-{row.pk}": time})
    assert f"time-{row.pk}" in errors(response)
    row.refresh_from_db()
    assert row.status == Status.LATE
