"""The sample content shows a post in every state, and none of them can reach a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import responses
from django.test import Client
from django.urls import reverse

from campaigns.actions import publish_platform_post
from campaigns.models import Metric, PlatformPost, Post, SocialAccount
from campaigns.sample_states import load_states
from campaigns.states import Status
from campaigns.ticking import tick
from tests.factories.campaigns import CampaignFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts(db: None) -> list[Post]:
    CampaignFactory(slug="some", languages=["nl", "de", "fr"])
    CampaignFactory(slug="limburg-openhartig")
    PersonFactory(group="Campaign staff")
    return load_states()


def test_every_state_that_lasts_is_there(posts: list[Post]) -> None:
    shown = set(PlatformPost.objects.values_list("status", flat=True))
    assert shown | {Status.DRAFT, Status.PUBLISHING} == set(Status)
    assert sum(post.current_workflow_state is not None for post in posts) == 1, "one waits for approval"
    assert Metric.objects.get(platform_post__account__provider="manual").value == 640


def test_loading_twice_doubles_nothing(posts: list[Post]) -> None:
    before = (Post.objects.count(), PlatformPost.objects.count(), SocialAccount.objects.count())
    assert load_states() == []
    assert (Post.objects.count(), PlatformPost.objects.count(), SocialAccount.objects.count()) == before


@responses.activate  # any request fails the test
def test_a_worker_that_takes_all_of_them_asks_no_network(posts: list[Post]) -> None:
    tick()
    PlatformPost.objects.update(next_attempt_at=PlatformPost.objects.earliest("due_at").due_at)
    for row in PlatformPost.objects.filter(account__provider="bluesky"):
        publish_platform_post(row.pk)
    assert not PlatformPost.objects.filter(account__provider="bluesky", status=Status.PUBLISHED).exists()


def test_staff_see_each_with_its_reason(posts: list[Post], browser_of: Callable[..., Client]) -> None:
    staff = browser_of("Campaign staff")
    for row in PlatformPost.objects.exclude(status_message={}):
        answer: Any = staff.get(reverse("wagtailsnippets_campaigns_post:edit", args=[row.post_id]))
        assert row.status_message["nl"] in answer.content.decode().replace("&#x27;", "'")
