"""Giving a post another time: by form or by script, with one set of rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaigns.models import PlatformPost, Post, SocialAccount
from campaigns.states import Status
from core.models import User
from tests.campaigns.editor import NOON, errors
from tests.factories.campaigns import (
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
    approved_post,
    scheduled,
)

pytestmark = pytest.mark.django_db

SOON = NOON + timedelta(hours=2)
NEW = datetime(2026, 5, 12, 17, 30, tzinfo=UTC)
TYPED = "2026-05-12 19:30"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory(name="mila.example")


def move_url(row: PlatformPost) -> str:
    return reverse("calendar_of_campaigns:move", args=[row.pk])


def by_script(browser: Client, url: str, **data: Any) -> Any:
    return browser.post(url, data, headers={"accept": "application/json"})


def test_the_form_moves_a_planned_post(staff: Client, account: SocialAccount) -> None:
    row = scheduled(account, SOON)
    assert b"planned_at" in staff.get(move_url(row)).content
    response = staff.post(move_url(row), {"planned_at": TYPED})
    assert response["Location"] == "/admin/campaigns/calendar/2026/5/"
    row.refresh_from_db()
    assert (row.status, row.due_at, row.next_attempt_at) == (Status.SCHEDULED, NEW, NEW)
    assert ModelLogEntry.objects.filter(action="campaigns.move").count() == 1


def test_the_next_approval_keeps_the_new_time(staff: Client, account: SocialAccount) -> None:
    """Otherwise a corrected letter would send the post at the time it was moved away from."""
    row = scheduled(account, SOON)
    staff.post(move_url(row), {"planned_at": TYPED})
    post = Post.objects.get(pk=row.post_id)
    assert (post.planned_at, post.has_unpublished_changes) == (NEW, False)
    draft = post.get_latest_revision_as_object()
    draft.text = "Een letter verbeterd."
    draft.save_revision().publish()
    row.refresh_from_db()
    assert (row.text, row.due_at) == ("Een letter verbeterd.", NEW)


def test_words_that_wait_for_approval_stay_waiting(staff: Client, account: SocialAccount) -> None:
    row = scheduled(account, SOON)
    draft = Post.objects.get(pk=row.post_id).get_latest_revision_as_object()
    draft.text = "Nog niet goedgekeurd."
    draft.save_revision()
    staff.post(move_url(row), {"planned_at": TYPED})
    post = Post.objects.get(pk=row.post_id)
    assert (post.has_unpublished_changes, post.text) == (True, "Iedere ochtend fietst Marijke over de grens.")
    assert post.get_latest_revision_as_object().text == "Nog niet goedgekeurd."
    assert post.get_latest_revision_as_object().planned_at == NEW


def test_one_account_of_two_gets_a_time_of_its_own(staff: Client, account: SocialAccount) -> None:
    other = SocialAccountFactory(name="ander.example")
    post = approved_post(account, other, due_at=SOON)
    row = post.platform_posts.get(account=account)
    staff.post(move_url(row), {"planned_at": TYPED, "accounts": [account.pk]})
    times = {row.account_id: row.due_at for row in post.platform_posts.all()}
    assert times == {account.pk: NEW, other.pk: SOON}
    post.refresh_from_db()
    post.get_latest_revision_as_object().save_revision().publish()
    assert {row.account_id: row.due_at for row in post.platform_posts.all()} == times


def test_no_account_ticked_is_said_at_the_field(staff: Client, account: SocialAccount) -> None:
    post = approved_post(account, SocialAccountFactory(), due_at=SOON)
    response = staff.post(move_url(post.platform_posts.first()), {"planned_at": TYPED})
    assert "accounts" in errors(response)


def test_a_draft_moves_without_being_approved(staff: Client) -> None:
    post = PostFactory(planned_at=SOON)
    post.save_revision()
    url = reverse("calendar_of_campaigns:move_draft", args=[post.pk])
    assert staff.post(url, {"planned_at": TYPED}).status_code == 302
    post.refresh_from_db()
    assert post.get_latest_revision_as_object().planned_at == NEW
    assert (post.live, post.platform_posts.count()) == (False, 0)


@pytest.mark.parametrize(
    "status",
    [Status.PUBLISHED, Status.PUBLISHING, Status.UNKNOWN, Status.RETRYING, Status.CANCELLED, Status.REMOVED],
)
def test_what_is_out_or_on_its_way_cannot_be_moved(
    status: Status, staff: Client, account: SocialAccount
) -> None:
    row = scheduled(account, SOON)
    PlatformPost.objects.update(status=status, lease_until=NOON + timedelta(minutes=3))
    assert b'name="planned_at"' not in staff.get(move_url(row)).content
    assert by_script(staff, move_url(row), planned_at=TYPED).json() == {"moved": False}
    row.refresh_from_db()
    assert (row.status, row.due_at) == (status, SOON)
    html = staff.get("/admin/campaigns/calendar/2026/5/").content.decode()
    assert "data-move-url" not in html


@pytest.mark.parametrize(
    ("planned_at", "part"),
    [
        ("2026-10-25 02:30", "02:30"),  # comes twice
        ("2027-03-28 02:30", "02:30"),  # does not exist
        ("2026-05-04 11:59", ""),  # has passed
        ("", ""),
        ("morgen", ""),
    ],
)
def test_a_script_hears_why_a_time_is_impossible(
    planned_at: str, part: str, staff: Client, account: SocialAccount
) -> None:
    row = scheduled(account, SOON)
    response = by_script(staff, move_url(row), planned_at=planned_at)
    assert response.status_code == 400
    assert response.json()["problem"]
    assert part in response.json()["problem"]
    row.refresh_from_db()
    assert row.due_at == SOON


def test_moving_needs_the_permission_to_publish(
    browser_of: Callable[..., Client], account: SocialAccount
) -> None:
    row = scheduled(account, SOON)
    draft = PostFactory(planned_at=SOON)
    draft.save_revision()
    for group in ("Editors", "Translators", "Consent officers"):
        browser_of(group).post(move_url(row), {"planned_at": TYPED})
        browser_of(group).post(
            reverse("calendar_of_campaigns:move_draft", args=[draft.pk]), {"planned_at": TYPED}
        )
    row.refresh_from_db()
    draft.refresh_from_db()
    assert (row.due_at, draft.get_latest_revision_as_object().planned_at) == (SOON, SOON)


def test_a_locked_post_stays_where_it_is(staff: Client, account: SocialAccount) -> None:
    row = scheduled(account, SOON)
    somebody = User.objects.create_user("slot@example.org", "een-lang-wachtwoord")
    Post.objects.update(locked=True, locked_by=somebody, locked_at=NOON)
    assert by_script(staff, move_url(row), planned_at=TYPED).json() == {"moved": False}
    row.refresh_from_db()
    assert row.due_at == SOON
