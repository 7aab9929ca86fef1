"""The whole way on a real Bluesky: planned, published by the real worker, liked, counted."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from campaigns.actions import fetch_account_metrics
from campaigns.models import Metric, PlatformPost, SocialAccount
from campaigns.states import Status
from core.models import CustomImage, User
from tests.factories.campaigns import approved_post
from tests.factories.pages import StoryPageFactory
from tests.networks.bluesky_network import BlueskyAccount, BlueskyNetwork
from tests.networks.proxy import AnswerLosingProxy
from tests.processes import running_worker, wait_until

pytestmark = [pytest.mark.network, pytest.mark.django_db(transaction=True)]


def connect(owner: BlueskyAccount) -> SocialAccount:
    return SocialAccount.objects.create(
        provider="bluesky", name=owner.handle, language="nl", credentials=dict(owner.credentials)
    )


def photo() -> CustomImage:
    file = BytesIO()
    Image.effect_mandelbrot((900, 600), (-2, -1.5, 1, 1.5), 60).convert("RGB").save(file, "JPEG")
    return CustomImage.objects.create(title="heuvel", file=ImageFile(file, "heuvel.jpg"))


def has_status(platform_post: PlatformPost, status: Status) -> bool:
    platform_post.refresh_from_db()
    assert platform_post.status != Status.FAILED, platform_post.message
    return platform_post.status == status


def test_the_worker_publishes_at_its_time_with_image_link_and_language(bluesky: BlueskyNetwork) -> None:
    owner = bluesky.new_account()
    account = connect(owner)
    due_at = timezone.now() + timedelta(seconds=3)
    post = approved_post(
        account,
        due_at=due_at,
        text="Marijke fietst over de heuvel. #Grensarbeider",
        page=StoryPageFactory(),
        image=photo(),
        image_alt="Een groene heuvel in de ochtend.",
    )
    platform_post = PlatformPost.objects.get(post=post)

    with running_worker():
        wait_until(
            lambda: has_status(platform_post, Status.PUBLISHED),
            "the post is published",
            lambda: vars(platform_post),
        )

    [stored] = bluesky.records(owner)
    record = stored["value"]
    assert platform_post.published_at is not None
    assert platform_post.published_at >= due_at
    assert platform_post.remote_id == stored["uri"]
    assert record["langs"] == ["nl"]
    assert record["embed"]["images"][0]["alt"] == "Een groene heuvel in de ochtend."
    links = [
        feature["uri"] for facet in record["facets"] for feature in facet["features"] if "uri" in feature
    ]
    assert links == [f"http://localhost:8000/s/{platform_post.short_url.code}"]


def test_a_worker_killed_between_call_and_answer_leaves_one_record(
    bluesky: BlueskyNetwork, losing_proxy: AnswerLosingProxy
) -> None:
    owner = bluesky.new_account(service=losing_proxy.address)
    platform_post = PlatformPost.objects.get(
        post=approved_post(connect(owner), text="Eén keer, niet twee keer.")
    )
    losing_proxy.losing = "com.atproto.repo.putRecord"

    with running_worker() as worker:
        wait_until(losing_proxy.lost.is_set, "the network accepted the post")
        worker.kill()
    assert has_status(platform_post, Status.PUBLISHING)
    losing_proxy.losing = ""
    PlatformPost.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    with running_worker():
        wait_until(lambda: has_status(platform_post, Status.PUBLISHED), "the post is found on the network")

    [stored] = bluesky.records(owner)
    assert platform_post.remote_id == stored["uri"]
    assert losing_proxy.calls.count("com.atproto.repo.putRecord") == 1


def likes_on_the_desk(client: Client, platform_post: PlatformPost) -> str:
    """The figure beside "Likes" on the campaign's page in the admin."""
    client.force_login(User.objects.create_superuser("ada@example.org"))
    desk = reverse("campaign:desk", args=[platform_post.post.campaign_id])
    page = client.get(desk).content.decode()
    with override("nl"):
        heading = f"<dt>{Metric.Name.LIKES.label} · Bluesky</dt>"
    label = re.search(heading + r'\s*<dd>\s*<span class="c-total__value">([^<]*)</span>', page)
    assert label, page
    return label[1]


def test_a_like_of_somebody_else_is_seen_on_the_campaigns_page(
    bluesky: BlueskyNetwork, client: Client
) -> None:
    owner = bluesky.new_account()
    account = connect(owner)
    platform_post = PlatformPost.objects.get(post=approved_post(account))
    with running_worker():
        wait_until(
            lambda: has_status(platform_post, Status.PUBLISHED),
            "the post is published",
            lambda: vars(platform_post),
        )
    bluesky.like(bluesky.new_account("lezer"), platform_post.remote_id)
    bluesky.process()
    PlatformPost.objects.update(metrics_due_at=timezone.now())

    fetch_account_metrics(account.pk)

    assert platform_post.metrics.get(name="likes").value == 1
    assert platform_post.metrics.get(name="replies").value == 0
    assert likes_on_the_desk(client, platform_post) == "1"
