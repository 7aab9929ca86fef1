"""The list of posts, and approval by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign, PlatformPost, Post, SocialAccount
from campaigns.states import Status
from tests.campaigns.editor import NAMES, NOON, add_url, edit_url, typed
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
    approved_post,
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


def test_the_list_is_narrowed_by_campaign_language_state_and_account(
    staff: Client, account: SocialAccount
) -> None:
    wanted = approved_post(account, due_at=NOON + timedelta(days=1), text="Deze hier")
    other = approved_post(SocialAccountFactory(), due_at=NOON + timedelta(days=1), text="Een andere")
    PlatformPost.objects.filter(post=other).update(status=Status.CANCELLED)
    PostFactory(language="de", text="Auf Deutsch")
    for query in (
        f"campaign={wanted.campaign_id}",
        "state=scheduled",
        f"account={account.pk}",
        "locale=nl&state=scheduled",
    ):
        html = staff.get(f"{reverse(f'{NAMES}:list')}?{query}").content.decode()
        assert "Deze hier" in html, query
        assert "Een andere" not in html, query
        assert "Auf Deutsch" not in html, query


def test_posts_are_not_sent_to_the_translators_desk(browser_of: Callable[..., Client]) -> None:
    PostFactory()
    html = (
        browser_of("Campaign staff", "Editors", email="both@example.org")
        .get(reverse(f"{NAMES}:list"))
        .content
    )
    assert b"localize/submit" not in html


def test_a_moderator_approves_what_staff_submitted(
    browser_of: Callable[..., Client], staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    staff.post(add_url(), {**typed(campaign, account), "action-submit": "action-submit"})
    post = Post.objects.get()
    assert not post.live
    moderator = browser_of("Moderators")
    task = post.current_workflow_task_state
    assert moderator.get(edit_url(post)).status_code == 200
    moderator.post(reverse(f"{NAMES}:workflow_action", args=[post.pk, "approve", task.pk]), {})
    post.refresh_from_db()
    assert post.live
    assert PlatformPost.objects.get(post=post).status == Status.SCHEDULED


def test_a_moderator_sends_back_what_is_too_long(
    browser_of: Callable[..., Client], staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    staff.post(add_url(), {**typed(campaign, account), "action-submit": "action-submit"})
    post = Post.objects.get()
    data = typed(campaign, account, text="x" * 400)
    data |= {"targets-INITIAL_FORMS": 1, "targets-0-id": post.targets.get().pk}
    data |= {"action-workflow-action": "1", "workflow-action-name": "reject"}
    assert browser_of("Moderators").post(edit_url(post), data).status_code == 302
    assert post.workflow_states.get().status == "needs_changes"


@pytest.mark.parametrize("group", ["Editors", "Translators", "Consent officers"])
def test_others_open_no_posts(group: str, browser_of: Callable[..., Client]) -> None:
    post = PostFactory()
    for url in (reverse(f"{NAMES}:list"), add_url(), edit_url(post)):
        assert browser_of(group).get(url).status_code == 302
