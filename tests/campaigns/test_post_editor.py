"""The post's editor: drafts are always saved, approval is refused at the field, and each state has its buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, ModelLogEntry

from campaigns.actions import pause_account
from campaigns.models import Campaign, PlatformPost, Post, SocialAccount
from campaigns.states import Status
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
    approved_post,
    scheduled,
)
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
NAMES = "wagtailsnippets_campaigns_post"


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


def add_url(language: str = "nl") -> str:
    return f"{reverse(f'{NAMES}:add')}?locale={language}"


def edit_url(post: Post) -> str:
    return reverse(f"{NAMES}:edit", args=[post.pk])


def typed(campaign: Campaign, *accounts: SocialAccount, **changes: Any) -> dict[str, Any]:
    """What the editor sends."""
    data: dict[str, Any] = {
        "campaign": campaign.pk,
        "text": "Iedere ochtend fietst Marijke over de grens.",
        "page": "",
        "link": "",
        "image": "",
        "image_alt": "",
        "planned_at": "2026-05-05 09:00",
        "targets-TOTAL_FORMS": len(accounts),
        "targets-INITIAL_FORMS": 0,
        "targets-MIN_NUM_FORMS": 0,
        "targets-MAX_NUM_FORMS": 1000,
    }
    for number, account in enumerate(accounts):
        data |= {
            f"targets-{number}-account": account.pk,
            f"targets-{number}-text": "",
            f"targets-{number}-planned_at": "",
            f"targets-{number}-ORDER": number + 1,
            f"targets-{number}-id": "",
        }
    return {**data, **changes}


def approve(browser: Client, data: dict[str, Any], url: str = "") -> Any:
    return browser.post(url or add_url(), {**data, "action-publish": "action-publish"})


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["form"].errors)


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


# --- where it stands, and what a person can do -----------------------------------------------------


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


# --- the list, and approval by somebody else -----------------------------------------------------------


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
