"""What differs on one account leaves as it was approved there, and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from PIL import Image
from wagtail.images.tests.utils import get_test_image_file

from campaigns.actions import publish_platform_post, schedule_post
from campaigns.models import PlatformPost, Post, PostTarget, SocialAccount
from campaigns.previewing import previews_of
from campaigns.states import Status
from core.models import CustomImage
from tests.campaigns.editor import approve, typed
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pictures(settings: Any, tmp_path: Path) -> tuple[CustomImage, CustomImage]:
    settings.MEDIA_ROOT = tmp_path
    return tuple(
        CustomImage.objects.create(title=name, file=get_test_image_file(f"{name}.png", size=(640, 480)))
        for name in ("Brug", "Markt")
    )


def sent(network: MemoryNetwork, post: Post, *targets: PostTarget) -> list[Any]:
    """The messages as the network got them, in the order of the accounts."""
    post.targets = list(targets)
    post.save()
    rows = schedule_post(post)
    for row in rows:
        assert publish_platform_post(row.pk) is Status.PUBLISHED
    return [network.posts[PlatformPost.objects.get(pk=row.pk).idempotency_key] for row in rows]


def test_an_account_shows_an_image_of_its_own_with_its_own_words(
    network: MemoryNetwork, pictures: tuple[CustomImage, CustomImage]
) -> None:
    bridge, market = pictures
    post = PostFactory(image=bridge, image_alt="Een brug.", link="https://a.example/")
    common, own = sent(
        network,
        post,
        PostTarget(account=SocialAccountFactory()),
        PostTarget(account=SocialAccountFactory(), image=market, image_alt="Een markt.", crop="4x5"),
    )
    assert [image.alt for image in common.images] == ["Een brug."]
    assert [image.alt for image in own.images] == ["Een markt."]
    assert (own.images[0].width, own.images[0].height) == (480 * 4 // 5, 480)
    assert common.images[0].width == 640


def test_a_shape_is_cut_around_the_focal_point(network: MemoryNetwork, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = get_test_image_file("twee.png", size=(800, 400))
    picture = Image.new("RGB", (800, 400), "blue")
    picture.paste("red", (600, 0, 800, 400))
    file.seek(0)
    picture.save(file, "PNG")
    image = CustomImage.objects.create(
        title="Rechts",
        file=file,
        focal_point_x=700,
        focal_point_y=200,
        focal_point_width=100,
        focal_point_height=100,
    )
    post = PostFactory(image=image, image_alt="Rechts is het rood.")
    (message,) = sent(network, post, PostTarget(account=SocialAccountFactory(), crop="1x1"))
    from io import BytesIO

    left, right = (Image.open(BytesIO(message.images[0].content)).getpixel((x, 200)) for x in (20, 380))
    assert right[0] > 200 > right[2]  # type: ignore[index]
    assert left[2] > 200  # type: ignore[index]


def test_without_the_link_there_is_neither_address_nor_card(network: MemoryNetwork) -> None:
    post = PostFactory(link="https://a.example/")
    with_link, without = sent(
        network,
        post,
        PostTarget(account=SocialAccountFactory()),
        PostTarget(account=SocialAccountFactory(), without_link=True),
    )
    assert with_link.link
    assert with_link.full_link
    assert (without.link, without.full_link, without.card) == ("", "", None)


def test_words_for_another_image_are_asked_for_at_that_account(
    staff: Client, network: MemoryNetwork, pictures: tuple[CustomImage, CustomImage]
) -> None:
    bridge, market = pictures
    account: SocialAccount = SocialAccountFactory(provider="website", name="eigen", language="nl")
    data = typed(CampaignFactory(), account, image=bridge.pk, image_alt="Een brug.")
    refused = approve(staff, {**data, "targets-0-image": market.pk})
    form = refused.context["form"].formsets["targets"].forms[0]
    assert list(form.errors) == ["image_alt"]
    accepted = approve(
        staff,
        {**data, "targets-0-image": market.pk, "targets-0-image_alt": "Een markt.", "targets-0-crop": "1x1"},
    )
    assert accepted.status_code == 302
    row = PlatformPost.objects.get()
    assert (row.image, row.image_alt, row.image_crop) == (market, "Een markt.", "1x1")


def test_the_preview_shows_what_each_account_will_show(
    network: MemoryNetwork, pictures: tuple[CustomImage, CustomImage]
) -> None:
    bridge, market = pictures
    post = PostFactory(image=bridge, image_alt="Een brug.", link="https://a.example/")
    post.targets = [
        PostTarget(account=SocialAccountFactory()),
        PostTarget(
            account=SocialAccountFactory(),
            image=market,
            image_alt="Een markt.",
            crop="1x1",
            without_link=True,
        ),
    ]
    common, own = previews_of(post)
    assert (common.image_alt, own.image_alt) == ("Een brug.", "Een markt.")
    assert own.picture.width == own.picture.height
    assert (bool(common.link), bool(own.link)) == (True, False)
