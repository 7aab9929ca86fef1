"""Campaign staff write one post in three languages, and axe finds nothing to say about where they work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from campaigns.approval.arranging import Step, arrange_steps
from campaigns.cards.drawing import Format
from campaigns.cards.making import make_cards
from campaigns.evergreen.filling import add_to_queue
from campaigns.evergreen.models import EvergreenAccount
from campaigns.kit.filling import make_kit
from campaigns.models import Partner, PlatformPost, Post, SocialAccount
from campaigns.planning.slots import keep_slots, parse_slots
from campaigns.states import Status
from campaigns.takedown.actions import take_down_everywhere
from core.models import User
from tests.e2e.conftest import LANGUAGES
from tests.e2e.desks import WORK_TIMEOUT, open_actions, person, sign_in
from tests.e2e.test_calendar import faults
from tests.factories.campaigns import (
    CampaignFactory,
    PostFactory,
    SocialAccountFactory,
    approved_post,
    scheduled,
)
from tests.factories.pages import StoryPageFactory
from tests.fakes.accounts import all_networks
from tests.fakes.server import FakeServer
from tests.processes import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

TITLE = "Twaalf jaar over de heuvel"
TEXTS = {
    "nl": "Iedere ochtend fietst Marijke over de heuvel naar haar werk in Aken.",
    "de": "Jeden Morgen fährt Marijke mit dem Rad über den Hügel zur Arbeit nach Aachen.",
    "fr": "Chaque matin, Marijke traverse la colline à vélo pour aller travailler à Aix-la-Chapelle.",
}
WRITE_FRENCH = "De versie in het Frans schrijven"
FAMILY = "👩‍👩‍👧‍👦"  # seven code points, one sign to readers and to networks
WHEN, MAY = "2031-05-13 19:30", "/admin/campaigns/calendar/2031/5/"


@pytest.fixture
def story(transactional_db: None) -> Any:
    key = uuid4()
    pages = [StoryPageFactory(language=code, translation_key=key, title=TITLE) for code in LANGUAGES]
    return pages[0]


def version(window: Page, language: str) -> Locator:
    """One language of “In other languages” in the editor."""
    return window.locator(".c-version", has=window.locator(f".c-version__name[lang={language}]"))


def length_on(window: Page, account: str) -> Locator:
    return window.locator(".c-length", has_text=account)


def press_and_arrive(window: Page, button: Locator) -> None:
    """Press, and wait for the page that answers."""
    with window.expect_navigation(timeout=WORK_TIMEOUT):
        button.click()


def approve(window: Page) -> None:
    open_actions(window)
    press_and_arrive(window, window.locator("button[name=action-publish]"))
    expect(window.locator(".messages .success")).to_contain_text("Goedgekeurd")


def saved_by_itself(post: Post, text: str) -> None:
    """Wait until the editor has kept what was typed last, so that approving is the only thing under way."""
    wait_until(
        lambda: Post.objects.get(pk=post.pk).get_latest_revision_as_object().text == text,
        "the editor saves what was typed",
    )


def test_a_post_is_written_in_three_languages(browser: Browser, live_server: Any, story: Any) -> None:
    campaign = CampaignFactory(name="Limburg Openhartig", languages=list(LANGUAGES))
    SocialAccountFactory(provider="bluesky", name="openhartig.example")
    person("camille@example.org", "Campaign staff")
    window = sign_in(browser, live_server.url, "camille@example.org")

    # From the desk of the campaign to a story, and from there to a draft in two of its languages.
    window.goto(f"{live_server.url}/admin/campaigns/campaign/{campaign.pk}/announce/")
    press_and_arrive(window, window.get_by_role("link", name=TITLE))
    window.fill("#id_planned_at", WHEN)
    window.keyboard.press("Escape")  # the calendar that opened
    for language in ("nl", "de"):
        window.fill(f"#id_{language}-text", TEXTS[language])
    window.get_by_label("Bluesky · openhartig.example").check()
    window.locator("#id_fr-chosen").uncheck()
    press_and_arrive(window, window.locator("button[name=action-draft]"))
    dutch = Post.objects.get(locale__language_code="nl")

    # Side by side: one is written, one is missing, and what shall happen is decided on purpose.
    window.goto(f"{live_server.url}{reverse('wagtailsnippets_campaigns_post:edit', args=[dutch.pk])}")
    expect(version(window, "de")).to_contain_text(TEXTS["de"])
    expect(version(window, "fr")).to_contain_text("er is nog niets over beslist")
    press_and_arrive(window, version(window, "fr").get_by_role("link", name="Wachten of verder zonder"))
    window.locator("input[name=choice][value=wait]").check()
    press_and_arrive(window, window.get_by_role("button", name="Vastleggen"))
    expect(version(window, "fr")).to_contain_text("de andere versies wachten erop")

    # Each account counts as its network does, while somebody types.
    text = window.locator("textarea[name=text]")
    text.fill(f"{FAMILY} samen")
    expect(length_on(window, "Website").locator("[data-used]")).to_have_text("7")
    text.fill("a" * 301)
    expect(length_on(window, "Bluesky")).to_have_class(re.compile("c-length--over"))
    expect(length_on(window, "Website")).not_to_have_class(re.compile("c-length--over"))
    text.fill(TEXTS["nl"])
    expect(length_on(window, "Bluesky")).not_to_have_class(re.compile("c-length--over"))
    saved_by_itself(dutch, TEXTS["nl"])
    approve(window)

    # Planned, but it waits; then the missing version is written, and nothing waits any more.
    window.goto(f"{live_server.url}{reverse('wagtailsnippets_campaigns_post:edit', args=[dutch.pk])}")
    expect(window.get_by_text("Het wacht op de versie in het Frans").first).to_be_visible()
    press_and_arrive(window, version(window, "fr").get_by_role("link", name=WRITE_FRENCH))
    expect(text).not_to_have_value("")  # what the story offers in French
    text.fill(TEXTS["fr"])
    approve(window)
    german = Post.objects.get(locale__language_code="de")
    window.goto(f"{live_server.url}{reverse('wagtailsnippets_campaigns_post:edit', args=[german.pk])}")
    expect(version(window, "fr")).to_contain_text(TEXTS["fr"])
    approve(window)

    window.goto(f"{live_server.url}{MAY}?campaign={campaign.pk}")
    day = window.locator("li[data-day='2031-05-13'] .cal-entry__text")
    expect(day).to_have_count(3)
    for language in LANGUAGES:
        expect(window.locator(f".cal-entry__text[lang={language}]")).to_have_text(TEXTS[language])
    planned = PlatformPost.objects.filter(due_at=datetime(2031, 5, 13, 17, 30, tzinfo=UTC))
    assert set(planned.values_list("status", flat=True)) == {Status.SCHEDULED}
    assert planned.count() == 4, "three on the updates pages, one on Bluesky"


def part(window: Page, number: int) -> Locator:
    """One of the texts that follow the post, in the order they stand in."""
    return window.locator("[data-contentpath=followups] textarea:visible").nth(number)


def test_a_thread_grows_and_changes_its_order_while_each_part_is_counted(
    browser: Browser, live_server: Any
) -> None:
    account = SocialAccountFactory(provider="bluesky", name="openhartig.example")
    post = PostFactory(campaign=CampaignFactory(name="Limburg Openhartig"), text="Iedere ochtend.")
    post.targets.create(account=account)
    post.save_revision()
    person("camille@example.org", "Campaign staff")
    window = sign_in(browser, live_server.url, "camille@example.org")
    window.goto(f"{live_server.url}{reverse('wagtailsnippets_campaigns_post:edit', args=[post.pk])}")

    for number, words in enumerate(["Zij neemt koffie mee.", "b" * 301]):
        window.locator("[data-contentpath=followups] .c-sf-add-button:visible").last.click()
        part(window, number).fill(words)
    expect(length_on(window, "Bluesky")).to_have_count(3)
    expect(length_on(window, "Bluesky").nth(2)).to_have_class(re.compile("c-length--over"))

    part(window, 1).fill("En ’s avonds terug.")
    expect(length_on(window, "Bluesky").nth(2)).not_to_have_class(re.compile("c-length--over"))
    window.locator("[data-contentpath=followups] button[title='Verplaats naar boven']:visible").last.click()
    expect(part(window, 0)).to_have_value("En ’s avonds terug.")
    open_actions(window)
    press_and_arrive(window, window.locator("button[name=action-publish]"))

    row = PlatformPost.objects.get(post=post)
    assert row.followups == ["En ’s avonds terug.", "Zij neemt koffie mee."]


@pytest.fixture
def networks(settings: Any) -> Iterator[FakeServer]:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True
    with all_networks().running() as running:
        settings.CAMPAIGNS_NETWORK_HOSTS = running.hosts
        settings.CAMPAIGNS_APPS = {"facebook": {"id": "facebook-app", "secret": "app-secret"}}
        yield running


def accounts_to_choose_from(user: User) -> str:
    """Somebody came back from Facebook with several pages; answers the cookie of that visit."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.post(reverse("account_of_campaigns:ask", args=["facebook"]), {"language": "nl"})
    state = re.search(r"state=([^&]+)", page.context["leave_url"])
    assert state is not None
    client.get(reverse("account_of_campaigns:answer"), {"state": state[1], "code": "code-1"})
    return client.cookies["sessionid"].value


def views(story: Any) -> list[str]:
    """The views of campaigns in the admin that show something of their own, each with something in it."""
    campaign = CampaignFactory(name="Limburg Openhartig", languages=list(LANGUAGES))
    page = StoryPageFactory(
        title="Met een citaat",
        body=[{"type": "quote", "value": {"quote": TEXTS["nl"], "attribution": "Marijke"}}],
    )
    website = SocialAccount.objects.get(provider="website", language="nl")
    keep_slots(website, parse_slots("di 19:30, do 12:00"))
    post = approved_post(
        website,
        SocialAccountFactory(provider="bluesky"),
        campaign=campaign,
        page=story,
        due_at=datetime(2031, 5, 13, 17, 30, tzinfo=UTC),
    )
    EvergreenAccount.objects.create(account=website, is_on=True)
    add_to_queue(post, None)
    german = PostFactory(
        campaign=campaign, language="de", translation_key=post.translation_key, text=TEXTS["de"]
    )
    german.save_revision()
    by_hand = scheduled(SocialAccountFactory(provider="manual", name="WhatsApp"), campaign=campaign)
    PlatformPost.objects.filter(pk=by_hand.pk).update(status=Status.BY_HAND)
    out = approved_post(SocialAccountFactory(provider="instagram"), campaign=campaign)
    out.platform_posts.update(status=Status.PUBLISHED, published_at=datetime(2026, 5, 1, tzinfo=UTC))
    take_down_everywhere(out, None)
    make_cards(campaign, page, TEXTS["nl"], formats=[Format.SQUARE, Format.LANDSCAPE])
    kit = make_kit(campaign, Partner.objects.create(name="Gemeente Voorbeeld"), ["nl"])
    arrange_steps(campaign, [Step("Gemeente Voorbeeld")])
    admin = "/admin/campaigns"
    return [
        f"{admin}/posts/edit/{post.pk}/",
        f"{admin}/posts/add/?campaign={campaign.pk}",
        f"{admin}/posts/version/{post.pk}/fr/",
        f"{admin}/posts/on-account/{by_hand.pk}/done-by-hand/",
        f"{admin}/announce/{story.pk}/",
        f"{admin}/campaign/{campaign.pk}/",
        f"{admin}/campaign/{campaign.pk}/announce/",
        f"{admin}/campaign/{campaign.pk}/report/",
        f"{admin}/account/new/",
        f"{admin}/account/new/bluesky/",
        f"{admin}/account/ask/mastodon/",
        f"{admin}/account/choose/",
        f"{admin}/kits/{campaign.pk}/",
        f"{admin}/kits/{campaign.pk}/new/",
        f"{admin}/kits/{campaign.pk}/{kit.pk}/",
        f"{admin}/take-down/{out.pk}/",
        f"{admin}/planning/import/",
        f"{admin}/planning/slots/",
        f"{admin}/planning/series/{post.pk}/",
        f"{admin}/evergreen/",
        f"{admin}/evergreen/accounts/",
        f"{admin}/evergreen/post/{post.pk}/",
        f"{admin}/cards/of/{campaign.pk}/",
        f"{admin}/cards/make/{page.pk}/",
        f"{admin}/approval/{campaign.pk}/",
        f"{admin}/approval/post/{post.pk}/",
    ]


def test_the_views_of_campaigns_have_no_accessibility_faults(
    browser: Browser, live_server: Any, story: Any, networks: FakeServer
) -> None:
    user = person("camille@example.org", "Campaign staff")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_cookies(
        [{"name": "sessionid", "value": accounts_to_choose_from(user), "url": live_server.url}]
    )
    window = context.new_page()
    window.set_default_timeout(WORK_TIMEOUT)
    found = {}
    for path in views(story):
        answer = window.goto(live_server.url + path)
        assert answer is not None
        assert (answer.status, window.url) == (200, live_server.url + path)
        found[path] = faults(window)
    context.close()
    assert not any(found.values()), found
