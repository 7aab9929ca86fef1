"""Where a post stands, and what a person can do about it: each state has its buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaigns.models import Campaign, PlatformPost, Post, SocialAccount
from campaigns.states import Status
from tests.campaigns.editor import NAMES, NOON, edit_url, errors
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
    approved_post,
    scheduled,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory(name="mila.example")


@pytest.fixture
def campaign() -> Campaign:
    return CampaignFactory()


def decide(browser: Client, name: str, row: PlatformPost, **data: Any) -> Any:
    return browser.post(reverse(f"{NAMES}:{name}", args=[row.pk]), data)


OFFERED = {
    Status.SCHEDULED: {"publish_now", "plan_again", "cancel"},
    Status.LATE: {"publish_now", "plan_again", "cancel"},
    Status.FAILED: {"publish_now", "plan_again", "cancel"},
    Status.RETRYING: {"cancel"},
    Status.CANCELLED: {"publish_now", "plan_again"},
    Status.PUBLISHED: {"take_down"},
    Status.PUBLISHING: set(),
    Status.UNKNOWN: set(),
    Status.REMOVED: set(),
}


@pytest.mark.parametrize("status", OFFERED)
def test_each_state_offers_what_is_possible_in_it(
    status: Status, staff: Client, account: SocialAccount
) -> None:
    row = scheduled(account, NOON + timedelta(hours=1))
    PlatformPost.objects.update(status=status, lease_until=NOON + timedelta(minutes=3))
    html = staff.get(edit_url(row.post)).content.decode()
    names = {"publish_now", "plan_again", "cancel", "take_down"}
    assert {name for name in names if reverse(f"{NAMES}:{name}", args=[row.pk]) in html} == OFFERED[status]
    assert str(status.label) in html


def test_a_person_cancels_plans_again_and_publishes_now(staff: Client, account: SocialAccount) -> None:
    row = scheduled(account, NOON + timedelta(hours=1))
    decide(staff, "cancel", row)
    row.refresh_from_db()
    assert row.status == Status.CANCELLED
    decide(staff, "plan_again", row, planned_at="2026-05-06 09:00")
    row.refresh_from_db()
    assert (row.status, row.due_at) == (Status.SCHEDULED, datetime(2026, 5, 6, 7, 0, tzinfo=UTC))
    decide(staff, "publish_now", row)
    row.refresh_from_db()
    assert row.due_at == NOON
    actions = list(
        ModelLogEntry.objects.filter(action__startswith="campaigns.").values_list("action", flat=True)
    )
    assert sorted(actions) == ["campaigns.cancel", "campaigns.plan_again", "campaigns.publish_now"]


def test_taking_down_is_confirmed_first(staff: Client, account: SocialAccount) -> None:
    row = scheduled(account)
    PlatformPost.objects.update(status=Status.PUBLISHED)
    url = reverse(f"{NAMES}:take_down", args=[row.pk])
    assert staff.get(url).status_code == 200
    row.refresh_from_db()
    assert row.removal_requested_at is None
    staff.post(url)
    row.refresh_from_db()
    assert row.removal_requested_at == NOON


@pytest.mark.parametrize("planned_at", ["", "2026-05-04 11:59", "2026-10-25 02:30", "morgen"])
def test_a_new_time_is_checked_too(planned_at: str, staff: Client, account: SocialAccount) -> None:
    row = scheduled(account, NOON + timedelta(hours=1))
    response = decide(staff, "plan_again", row, planned_at=planned_at)
    assert "planned_at" in errors(response)
    row.refresh_from_db()
    assert row.due_at == NOON + timedelta(hours=1)


def test_what_moved_on_meanwhile_is_said(staff: Client, account: SocialAccount) -> None:
    row = scheduled(account, NOON)
    PlatformPost.objects.update(status=Status.PUBLISHED)
    response = decide(staff, "cancel", row)
    assert [message.level_tag for message in response.wsgi_request._messages] == ["error"]
    row.refresh_from_db()
    assert row.status == Status.PUBLISHED


def test_what_is_not_approved_any_more_is_not_planned_again(staff: Client, account: SocialAccount) -> None:
    row = scheduled(account, NOON + timedelta(hours=1))
    row.post.unpublish()
    decide(staff, "publish_now", row)
    row.refresh_from_db()
    assert row.status == Status.CANCELLED


def test_deciding_needs_the_permission_to_publish(
    browser_of: Callable[..., Client], account: SocialAccount
) -> None:
    row = scheduled(account, NOON + timedelta(hours=1))
    for group in ("Editors", "Translators", "Consent officers"):
        for name in ("cancel", "plan_again", "publish_now", "take_down"):
            decide(browser_of(group), name, row, planned_at="2026-05-06 09:00")
    row.refresh_from_db()
    assert (row.status, row.due_at) == (Status.SCHEDULED, NOON + timedelta(hours=1))


def test_a_post_that_was_approved_once_is_kept(staff: Client, account: SocialAccount) -> None:
    post = approved_post(account)
    draft = PostFactory()
    for each in (post, draft):
        staff.post(reverse(f"{NAMES}:delete", args=[each.pk]))
    assert list(Post.objects.all()) == [post]
