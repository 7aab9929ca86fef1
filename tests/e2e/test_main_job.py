"""One life story goes the whole way, in browsers: written, translated, approved, read, announced, counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from wagtail.models import Page, Site

from campaigns.models import CampaignPage, PlatformPost
from campaigns.states import Status
from drieklank.models import HomePage
from stories.models import StoryIndexPage, StoryPage
from tests.e2e import desks
from tests.factories.campaigns import CampaignFactory
from tests.processes import running_worker, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

# The browser's own name says that a machine drives it, and machines are not counted.
TELEPHONE = "Mozilla/5.0 (Linux; Android 13; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
TITLE = "De bus van kwart over zeven"
SUMMARY = "Sofie neemt iedere dag de bus naar Aken. Op een ochtend vertelt zij hoe het echt gaat."
TEXT = "Iedere ochtend nam ik de bus over de grens."
SLUG = "de-bus-van-kwart-over-zeven"
TRANSLATIONS = {
    "de": {
        TITLE: "Der Bus um Viertel nach sieben",
        "Sofie": "Sofie",
        SUMMARY: "Sofie fährt jeden Tag mit dem Bus nach Aachen. Eines Morgens erzählt sie, wie es ihr geht.",
        TEXT: "Jeden Morgen fuhr ich mit dem Bus über die Grenze.",
    },
    "fr": {
        TITLE: "Le bus de sept heures et quart",
        "Sofie": "Sofie",
        SUMMARY: "Chaque jour, Sofie prend le bus pour Aix-la-Chapelle. Un matin, elle dit comment elle va.",
        TEXT: "Chaque matin, je prenais le bus pour passer la frontière.",
    },
}


@pytest.fixture
def address(live_server: Any, settings: Any) -> Iterator[str]:
    """The site at the address of this test's server."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    place = urlsplit(live_server.url)
    Site.objects.filter(is_default_site=True).update(hostname=place.hostname, port=place.port)
    Site.clear_site_root_paths_cache()
    return live_server.url


@pytest.fixture
def campaign() -> Any:
    campaign = CampaignFactory(name="Limburg Openhartig", slug="limburg-openhartig")
    for language in TRANSLATIONS | {"nl": {}}:
        home = HomePage.objects.get(locale__language_code=language)
        home.add_child(
            instance=CampaignPage(title="Limburg Openhartig", campaign=campaign, locale=home.locale)
        )
    return campaign


def version(page: Page, language: str) -> StoryPage:
    return StoryPage.objects.get(translation_key=page.translation_key, locale__language_code=language)


def test_one_story_goes_the_whole_way(browser: Browser, address: str, campaign: Any) -> None:
    for name, group in [
        ("emma", "Editors"),
        ("thomas", "Translators"),
        ("mila", "Moderators"),
        ("camille", "Campaign staff"),
    ]:
        desks.person(f"{name}@example.org", group)
    editor = desks.sign_in(browser, address, "emma@example.org")
    moderator = desks.sign_in(browser, address, "mila@example.org")
    citizen = browser.new_context(viewport={"width": 390, "height": 800}, user_agent=TELEPHONE).new_page()

    # Written in Dutch, and read by nobody before it is approved.
    index = StoryIndexPage.objects.get(locale__language_code="nl")
    desks.write_story(editor, address, index, title=TITLE, summary=SUMMARY, text=TEXT)
    story = StoryPage.objects.get(title=TITLE)
    assert citizen.goto(f"{address}/nl/levensverhalen/{SLUG}/").status == 404
    desks.approve(moderator, address, story)
    citizen.goto(f"{address}/nl/levensverhalen/{SLUG}/")
    expect(citizen.get_by_text(TEXT)).to_be_visible()

    # Translated; what is not approved yet says so in its own language, and offers the Dutch page.
    desks.send_for_translation(editor, address, story)
    translator = desks.sign_in(browser, address, "thomas@example.org")
    for language, texts in TRANSLATIONS.items():
        translated = version(story, language)
        desks.translate(translator, address, translated, texts)
        not_there_yet = citizen.goto(f"{address}/{language}/not-translated/{story.translation_key}/")
        assert not_there_yet.status == 404
        expect(citizen.locator(f"main a[href='/nl/levensverhalen/{SLUG}/']")).to_be_visible()
        desks.approve_translation(moderator, address, translated)
        citizen.goto(version(story, language).full_url)
        expect(citizen.locator("html")).to_have_attribute("lang", language)
        expect(citizen.get_by_text(texts[TEXT])).to_be_visible()

    # Announced in three languages, at once; the worker brings it to the updates pages.
    staff = desks.sign_in(browser, address, "camille@example.org")
    desks.announce(staff, address, campaign, story)
    with running_worker(BASE_URL=address):
        wait_until(
            lambda: PlatformPost.objects.filter(status=Status.PUBLISHED).count() == 3,
            "the story is announced in three languages",
            lambda: list(PlatformPost.objects.values("status", "status_message")),
        )

    # A citizen follows the short link on the German updates page; campaign staff see the visit.
    updates = CampaignPage.objects.get(campaign=campaign, locale__language_code="de")
    citizen.goto(updates.full_url)
    citizen.locator("main a[href^='/s/']").first.click()
    expect(citizen).to_have_url(
        re.compile(re.escape(version(story, "de").full_url) + r"\?utm_source=website")
    )
    staff.goto(f"{address}/admin/campaigns/campaign/{campaign.pk}/")
    expect(desks.visits_on(staff)).to_have_text("1")
    assert citizen.context.cookies() == []
