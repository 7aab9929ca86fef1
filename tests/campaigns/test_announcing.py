"""From a page to one post a language: prefilled, checked where it is typed, saved together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from campaigns.models import Campaign, PlatformPost, Post, SocialAccount
from campaigns.states import Status
from core.sharing import Clearance
from stories.models import StoryPage
from tests.factories.campaigns import CampaignFactory, MemoryNetwork, SocialAccountFactory
from tests.factories.pages import StandardPageFactory, StoryPageFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)  # 12:00 in Maastricht


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign() -> Campaign:
    return CampaignFactory(hashtags="LimburgOpenhartig")


@pytest.fixture
def story() -> StoryPage:
    return StoryPageFactory(
        title="Marijke fietst", summary="Iedere ochtend over de grens.", share_hashtags="grensarbeid"
    )


def in_german(story: StoryPage, *, live: bool = True) -> StoryPage:
    page = story.copy_for_translation(Locale.objects.get(language_code="de"), copy_parents=True)
    page.title, page.summary = "Marijke fährt", "Jeden Morgen über die Grenze."
    revision = page.save_revision()
    if live:
        revision.publish()
    return StoryPage.objects.get(pk=page.pk)


def address(story: StoryPage, campaign: Campaign) -> str:
    return f"{reverse('campaigns_announce', args=[story.pk])}?campaign={campaign.pk}"


def website(language: str) -> SocialAccount:
    return SocialAccount.objects.get(provider="website", language=language)


def filled(campaign: Campaign, *languages: str, **changes: Any) -> dict[str, Any]:
    """What the browser sends for these languages."""
    data: dict[str, Any] = {"campaign": campaign.pk, "planned_at": "2026-05-05 09:00"}
    for language in languages:
        data |= {
            f"{language}-chosen": "on",
            f"{language}-text": f"Tekst {language}",
            f"{language}-accounts": [website(language).pk],
        }
    return {**data, **changes}


def test_the_form_starts_from_what_the_page_offers(
    staff: Client, story: StoryPage, campaign: Campaign
) -> None:
    in_german(story)
    html = staff.get(address(story, campaign)).content.decode()
    assert "Iedere ochtend over de grens.\n\n#grensarbeid #LimburgOpenhartig" in html
    assert "Jeden Morgen über die Grenze." in html


def test_one_post_a_language_is_planned_and_they_are_versions_of_each_other(
    staff: Client, story: StoryPage, campaign: Campaign
) -> None:
    german = in_german(story)
    staff.post(address(story, campaign), filled(campaign, "nl", "de", **{"action-plan": "1"}))
    dutch_post, german_post = Post.objects.order_by("locale__language_code").reverse()
    assert (dutch_post.page_id, german_post.page_id) == (story.pk, german.pk)
    assert dutch_post.translation_key == german_post.translation_key
    assert set(PlatformPost.objects.values_list("status", "text", "due_at")) == {
        (Status.SCHEDULED, "Tekst nl", datetime(2026, 5, 5, 7, 0, tzinfo=UTC)),
        (Status.SCHEDULED, "Tekst de", datetime(2026, 5, 5, 7, 0, tzinfo=UTC)),
    }


def test_drafts_are_saved_and_nothing_is_planned(staff: Client, story: StoryPage, campaign: Campaign) -> None:
    staff.post(address(story, campaign), filled(campaign, "nl", **{"action-draft": "1"}))
    assert Post.objects.get().live is False
    assert not PlatformPost.objects.exists()


def test_a_language_without_a_translation_says_so(
    staff: Client, story: StoryPage, campaign: Campaign
) -> None:
    response = staff.get(address(story, campaign))
    french = next(part for part in response.context["parts"] if part.code == "fr")
    assert french.form is None
    assert str(french.reasons[0]) in response.content.decode()


def test_a_translation_that_is_not_online_is_not_ticked_and_says_that_it_waits(
    staff: Client, story: StoryPage, campaign: Campaign
) -> None:
    german = in_german(story)
    german.unpublish()
    parts = {part.code: part for part in staff.get(address(story, campaign)).context["parts"]}
    assert parts["nl"].is_chosen
    assert not parts["de"].is_chosen
    assert parts["de"].reasons


def test_a_page_that_may_never_be_shared_cannot_be_chosen(
    staff: Client, story: StoryPage, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = Clearance(reasons=("Mila heeft geen toestemming gegeven.",), may_return=False)
    monkeypatch.setattr(StoryPage, "get_share_clearance", lambda page, use: refusal)
    response = staff.post(address(story, campaign), filled(campaign, "nl", **{"action-plan": "1"}))
    assert "Mila heeft geen toestemming gegeven." in response.content.decode()
    assert not Post.objects.exists()


def test_an_overlong_text_is_refused_with_the_number_of_characters_and_is_kept(
    staff: Client, story: StoryPage, campaign: Campaign, network: MemoryNetwork
) -> None:
    account = SocialAccountFactory(name="klein")
    text = "x" * 312
    data = filled(campaign, "nl", **{"action-plan": "1", "nl-text": text, "nl-accounts": [account.pk]})
    response = staff.post(address(story, campaign), data)
    errors = response.context["parts"][0].form.errors["text"]
    assert "klein" in errors[0]
    assert "12" in errors[0]
    assert "312" in errors[0]
    assert text in response.content.decode()
    assert not Post.objects.exists()


def test_one_language_with_a_mistake_saves_none(staff: Client, story: StoryPage, campaign: Campaign) -> None:
    in_german(story)
    data = filled(campaign, "nl", "de", **{"action-plan": "1", "de-text": "   "})
    response = staff.post(address(story, campaign), data)
    parts = {part.code: part for part in response.context["parts"]}
    assert "text" in parts["de"].form.errors
    assert not parts["nl"].form.errors
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("planned_at", "said"),
    [("2026-05-04 11:00", ""), ("2026-10-25 02:30", "02:30"), ("2027-03-28 02:30", "02:30")],
)
def test_a_time_in_the_past_or_inside_a_clock_change_is_refused(
    planned_at: str, said: str, staff: Client, story: StoryPage, campaign: Campaign
) -> None:
    data = filled(campaign, "nl", planned_at=planned_at, **{"action-plan": "1"})
    response = staff.post(address(story, campaign), data)
    assert said in response.context["form"].errors["planned_at"][0]
    assert not Post.objects.exists()


def test_a_second_press_of_the_button_asks_first(
    staff: Client, story: StoryPage, campaign: Campaign, clock: Any
) -> None:
    data = filled(campaign, "nl", **{"action-draft": "1"})
    staff.post(address(story, campaign), data)
    response = staff.post(address(story, campaign), data)
    assert "again" in response.context["form"].errors
    assert Post.objects.count() == 1
    staff.post(address(story, campaign), {**data, "again": "on"})
    assert Post.objects.count() == 2
    clock.shift(timedelta(minutes=2))
    staff.post(address(story, campaign), data)
    assert Post.objects.count() == 3


def test_only_those_who_may_write_posts_announce(
    browser_of: Callable[..., Client], story: StoryPage, campaign: Campaign
) -> None:
    for group in ("Editors", "Moderators", "Translators", "Consent officers"):
        response = browser_of(group).get(address(story, campaign))
        assert response.status_code == 302, group  # Wagtail sends them home with a message
        assert response.url == reverse("wagtailadmin_home")
    assert browser_of("Campaign staff").get(address(story, campaign)).status_code == 200


def test_the_pages_own_menu_offers_it_to_those_who_may(
    browser_of: Callable[..., Client], story: StoryPage
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    announce = reverse("campaigns_announce", args=[story.pk])
    assert (
        announce
        in browser_of("Editors", "Campaign staff", email="both@example.org").get(edit).content.decode()
    )
    assert announce not in browser_of("Editors").get(edit).content.decode()


def test_the_newest_pages_are_one_step_away(staff: Client, story: StoryPage, campaign: Campaign) -> None:
    draft = StoryPageFactory(title="Nog niet af", live=False)
    in_german(story)
    choose = reverse("campaign:announce", args=[campaign.pk])
    html = staff.get(choose).content.decode()
    assert address(story, campaign) in html
    assert address(draft, campaign) not in html
    assert "Marijke fährt" not in html  # one line a page, not one a language
    staff.post(address(story, campaign), filled(campaign, "nl", **{"action-draft": "1"}))
    ((page, __, announced),) = staff.get(choose).context["newest"]
    assert (page.pk, announced) == (story.pk, True)


def test_from_the_desk_a_page_is_chosen_first(staff: Client, story: StoryPage, campaign: Campaign) -> None:
    choose = reverse("campaign:announce", args=[campaign.pk])
    assert staff.post(choose, {"page": story.pk}).url == address(story, campaign)
    index = StandardPageFactory().get_parent()
    assert staff.post(choose, {"page": index.get_root().pk}).context["form"].errors["page"]
