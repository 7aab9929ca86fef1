"""The post's editor: drafts are always saved, and approval is refused at the field."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from wagtail.models import Locale

from campaigns.actions import pause_account
from campaigns.models import Campaign, PlatformPost, Post, SocialAccount
from campaigns.states import Status
from tests.campaigns.editor import NOON, add_url, approve, edit_url, errors, typed
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    SocialAccountFactory,
    approved_post,
)
from tests.factories.pages import StoryPageFactory

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


def test_an_approved_post_is_planned(staff: Client, campaign: Campaign, account: SocialAccount) -> None:
    assert approve(staff, typed(campaign, account)).status_code == 302
    row = PlatformPost.objects.get()
    assert (row.status, row.due_at) == (Status.SCHEDULED, datetime(2026, 5, 5, 7, 0, tzinfo=UTC))


def test_a_draft_is_saved_with_everything_still_wrong(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    german = SocialAccountFactory(language="de")
    data = typed(campaign, german, text="x" * 400, planned_at="2020-01-01 10:00", image_alt="")
    assert staff.post(add_url(), data).status_code == 302
    assert Post.objects.get().text == "x" * 400
    assert staff.post(add_url(), typed(campaign, text="")).status_code == 302
    assert not PlatformPost.objects.exists()


def test_after_saving_the_editor_tells_lengths_and_what_is_missing(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    response = staff.post(add_url(), typed(campaign, account, text="x" * 312), follow=True)
    html = response.content.decode()
    assert "312" in html
    assert "12" in html
    assert 'id="post-readiness"' in html


def test_autosave_renews_what_the_editor_tells(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    staff.post(add_url(), typed(campaign, account))
    post = Post.objects.get()
    target = post.targets.get()
    data = typed(campaign, account, text="y" * 305)
    data |= {"targets-INITIAL_FORMS": 1, "targets-0-id": target.pk}
    response = staff.post(edit_url(post), data, headers={"accept": "application/json"})
    assert response.json()["success"]
    assert "#post-readiness" in response.json()["html"]
    assert "305" in response.json()["html"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "   "}, "text"),
        ({"text": ""}, "text"),
        ({"text": "x" * 301}, "text"),
        ({"planned_at": "2026-05-04 11:00"}, "planned_at"),
        ({"planned_at": "2026-10-25 02:30"}, "planned_at"),
        ({"planned_at": "2027-03-28 02:15"}, "planned_at"),
        ({"planned_at": "gisteren"}, "planned_at"),
        ({"link": "geen adres"}, "link"),
    ],
)
def test_approval_is_refused_at_the_field_and_nothing_typed_is_lost(
    changes: dict[str, Any], field: str, staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    response = approve(staff, typed(campaign, account, **changes))
    assert list(errors(response)) == [field]
    assert changes[field].strip() in response.content.decode()
    assert not PlatformPost.objects.exists()


def test_an_overlong_text_says_by_how_much_and_where(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    (message,) = errors(approve(staff, typed(campaign, account, text="x" * 312)))["text"]
    assert "mila.example" in message
    assert "12" in message.replace("312", "")


def test_an_overlong_text_of_one_account_is_told_at_that_text(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    response = approve(staff, typed(campaign, account, **{"targets-0-text": "x" * 301}))
    assert not response.context["form"].errors
    (target,) = response.context["form"].formsets["targets"].forms
    assert list(target.errors) == ["text"]


def test_a_time_of_one_account_inside_a_clock_change_is_told_at_that_time(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    response = approve(staff, typed(campaign, account, **{"targets-0-planned_at": "2026-10-25 02:30"}))
    (target,) = response.context["form"].formsets["targets"].forms
    assert "02:30" in target.errors["planned_at"][0]


def test_an_image_needs_words(
    staff: Client, campaign: Campaign, account: SocialAccount, picture: Any
) -> None:
    assert list(errors(approve(staff, typed(campaign, account, image=picture.pk)))) == ["image_alt"]
    approved = approve(staff, typed(campaign, account, image=picture.pk, image_alt="Een brug over de Maas"))
    assert approved.status_code == 302
    assert PlatformPost.objects.get().status == Status.SCHEDULED


def test_without_an_account_nothing_is_approved(staff: Client, campaign: Campaign) -> None:
    response = approve(staff, typed(campaign))
    assert response.context["form"].formsets["targets"].non_form_errors()
    assert not PlatformPost.objects.exists()


def test_an_account_in_another_language_is_refused(
    staff: Client, campaign: Campaign, network: MemoryNetwork
) -> None:
    german = SocialAccountFactory(language="de", name="deutsch.example")
    response = approve(staff, typed(campaign, german))
    (target,) = response.context["form"].formsets["targets"].forms
    assert "deutsch.example" in target.errors["account"][0]


def test_a_page_in_another_language_is_refused_and_the_right_one_is_named(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    story = StoryPageFactory(title="Marijke fietst")
    german = story.copy_for_translation(Locale.objects.get(language_code="de"), copy_parents=True)
    german.title = "Marijke fährt"
    german.save_revision().publish()
    (message,) = errors(approve(staff, typed(campaign, account, page=german.pk)))["page"]
    assert "Marijke fietst" in message


def test_what_only_makes_it_wait_is_a_warning(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    story = StoryPageFactory(live=False)
    pause_account(account, "Het wachtwoord is ingetrokken.")
    response = approve(staff, typed(campaign, account, page=story.pk))
    assert response.status_code == 302
    warnings = [str(message) for message in response.wsgi_request._messages if message.level_tag == "warning"]
    assert len(warnings) == 2
    assert any("mila.example" in warning for warning in warnings)


def test_a_post_that_is_out_may_still_be_corrected(staff: Client, account: SocialAccount) -> None:
    post = approved_post(account, due_at=NOON - timedelta(days=3))
    PlatformPost.objects.update(status=Status.PUBLISHED)
    data = typed(post.campaign, account, planned_at="2026-05-01 12:00")
    data |= {"targets-INITIAL_FORMS": 1, "targets-0-id": post.targets.get().pk}
    assert approve(staff, data, edit_url(post)).status_code == 302


def test_a_version_in_another_language_starts_from_the_translated_page(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    story = StoryPageFactory()
    german = story.copy_for_translation(Locale.objects.get(language_code="de"), copy_parents=True)
    german.summary = "Jeden Morgen über die Grenze."
    german.save_revision().publish()
    post = approved_post(account, page=story, campaign=campaign, due_at=NOON + timedelta(days=1))
    url = f"{add_url('de')}&version_of={post.pk}"
    assert url.replace("&", "&amp;") in staff.get(edit_url(post)).content.decode()
    page = staff.get(url)
    assert "Jeden Morgen über die Grenze." in page.content.decode()
    staff.post(page.context["action_url"], typed(campaign))
    version = Post.objects.get(locale__language_code="de")
    assert version.translation_key == post.translation_key
    assert staff.get(url).url == edit_url(version)
