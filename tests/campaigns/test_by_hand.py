"""What no network does for us: a task for a person, ticked off, with its reach typed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions import (
    cancel_platform_post,
    publish_platform_post,
    remove_platform_post,
    request_removal,
)
from campaigns.admin.home import posts_asking
from campaigns.models import Metric, PlatformPost, Post, SocialAccount
from campaigns.states import Status
from core.models import CustomImage
from tests.factories.campaigns import SocialAccountFactory, scheduled
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> SocialAccount:
    return SocialAccountFactory(provider="manual", name="WhatsApp-kanaal Roermond")


@pytest.fixture
def task(channel: SocialAccount) -> PlatformPost:
    row = scheduled(channel, text="Mila vertelt over haar buren.", page=StoryPageFactory())
    publish_platform_post(row.pk)
    row.refresh_from_db()
    return row


def url(name: str, row: PlatformPost) -> str:
    return reverse(Post.snippet_viewset.get_url_name(name), args=[row.pk])


def test_at_its_time_it_becomes_a_task_on_the_first_page(task: PlatformPost, staff: Client) -> None:
    assert task.status == Status.BY_HAND
    assert "vink" in task.message
    assert list(posts_asking()) == [task]
    assert "WhatsApp-kanaal Roermond" in staff.get(reverse("wagtailadmin_home")).content.decode()


def test_the_task_shows_text_link_and_picture_to_take_along(
    channel: SocialAccount, staff: Client, picture: CustomImage
) -> None:
    row = scheduled(
        channel, text="Mila vertelt.", page=StoryPageFactory(), image=picture, image_alt="Een brug."
    )
    publish_platform_post(row.pk)

    page = staff.get(url("done_by_hand", row))

    html = page.content.decode()
    link = f"/s/{row.short_url.code}"
    assert page.context["task"]["text"] == f"Mila vertelt.\n\nhttp://localhost:8000{link}"
    assert 'alt="Een brug."' in html
    assert "download" in html


def test_ticking_it_off_publishes_it_with_its_reach(task: PlatformPost, staff: Client) -> None:
    staff.post(url("done_by_hand", task), {"url": "whatsapp.com/channel/x", "reach": "140"})

    task.refresh_from_db()
    assert task.status == Status.PUBLISHED
    assert task.remote_url == "https://whatsapp.com/channel/x"
    [figure] = Metric.objects.filter(platform_post=task)
    assert (figure.name, figure.value, figure.source) == ("reach", 140, "person")


def test_reach_that_is_not_known_yet_is_typed_in_later_and_missing_is_not_zero(
    task: PlatformPost, staff: Client
) -> None:
    staff.post(url("done_by_hand", task), {"reach": ""})
    assert not Metric.objects.exists()
    staff.post(url("reach_by_hand", task), {"reach": "75"})
    assert Metric.objects.get().value == 75


@pytest.mark.parametrize("typed", ["veel", "-1", "1e3", "99999999999999999999"])
def test_what_is_no_number_is_told_at_its_field(typed: str, task: PlatformPost, staff: Client) -> None:
    page = staff.post(url("done_by_hand", task), {"reach": typed})
    assert page.context["form"].errors["reach"]
    task.refresh_from_db()
    assert task.status == Status.BY_HAND


def test_two_people_tick_it_off_and_the_second_is_told(task: PlatformPost, staff: Client) -> None:
    staff.post(url("done_by_hand", task), {"reach": "10"})
    staff.post(url("done_by_hand", task), {"reach": "12"})
    assert Metric.objects.get().value == 10


def test_a_task_can_be_cancelled_and_what_is_out_is_taken_down_by_a_person(
    task: PlatformPost, channel: SocialAccount, staff: Client
) -> None:
    other = scheduled(channel)
    publish_platform_post(other.pk)
    assert cancel_platform_post(other, "Niet meer nodig.")
    staff.post(url("done_by_hand", task), {})
    request_removal(task)
    assert not remove_platform_post(task.pk)
    task.refresh_from_db()
    assert task.status == Status.PUBLISHED
    staff.post(url("taken_down_by_hand", task))
    task.refresh_from_db()
    assert task.status == Status.REMOVED


def test_only_what_a_person_does_is_ticked_off(network: object, staff: Client) -> None:
    row = scheduled(SocialAccountFactory())
    publish_platform_post(row.pk)
    page = staff.get(url("reach_by_hand", row))
    assert page.context["offered"] is False


@pytest.mark.parametrize("group", ["Editors", "Translators"])
def test_others_tick_nothing_off(group: str, browser_of: Callable[..., Client], task: PlatformPost) -> None:
    browser_of(group).post(url("done_by_hand", task), {"reach": "1"})
    task.refresh_from_db()
    assert task.status == Status.BY_HAND
