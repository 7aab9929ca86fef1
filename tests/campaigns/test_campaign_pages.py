"""What citizens find below a campaign's page: stories, facts and fables, tips, and who pays while it pays."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from campaigns.models import Campaign, CampaignPage, FeaturedPage, FundingNotice
from drieklank.models import HomePage
from tests.factories.campaigns import CampaignFactory
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db

STATEMENT: dict[str, Any] = {
    "statement": "Wie somber is, moet gewoon even doorbijten.",
    "verdict": "fable",
    "explanation": "Een depressie gaat niet over door harder je best te doen.",
    "source": "Wereldgezondheidsorganisatie",
    "source_url": "https://example.org/depressie",
    "checked_on": "2026-03-02",
    "sensitive": False,
}
TIP = {"title": "Ga naast elkaar zitten", "text": "Naast elkaar praat makkelijker."}


def blocks(kind: str, *values: Any) -> str:
    return json.dumps([{"type": kind, "value": value, "id": str(uuid4())} for value in values])


def page_of(campaign: Campaign, language: str = "nl", **fields: Any) -> CampaignPage:
    page = CampaignPage(title="Limburg Openhartig", slug="openhartig", campaign=campaign, **fields)
    HomePage.objects.get(locale__language_code=language).add_child(instance=page)
    return page


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_campaign_has_no_empty_pages(client: Client) -> None:
    page = page_of(CampaignFactory())
    assert "campaign-nav" not in html(client, page.url)
    for section in ("stories", "quiz", "tips"):
        response = client.get(f"{page.url}{section}/")
        assert (response.status_code, response.headers["Location"]) == (302, page.url)


def test_a_quiz_explains_each_answer_with_its_source_and_asks_nothing_of_the_browser(client: Client) -> None:
    page = page_of(CampaignFactory(), facts_and_fables=blocks("statement", STATEMENT))
    shown = html(client, f"{page.url}quiz/")
    quiz = shown[shown.index("<main") : shown.index("</main>")]
    assert STATEMENT["statement"] in quiz
    right, wrong = re.findall(r'<p class="choice__verdict">([^<]+)', quiz)
    assert (right, wrong) == ("Nee, dit is een fabel.", "Ja, dit is een fabel.")
    assert quiz.count(f'href="{STATEMENT["source_url"]}"') == 2
    assert "2 maart 2026" in quiz
    assert not re.search(r"<(form|input|script|button)", quiz)
    assert not client.cookies


def test_a_source_that_nobody_looked_up_is_called_so(client: Client) -> None:
    page = page_of(CampaignFactory(), facts_and_fables=blocks("statement", {**STATEMENT, "checked_on": None}))
    assert "nog na te kijken" in html(client, f"{page.url}quiz/")


def test_the_editor_asks_for_a_source() -> None:
    block = CampaignPage._meta.get_field("facts_and_fables").stream_block.child_blocks["statement"]
    with pytest.raises(ValidationError) as raised:
        block.clean(block.to_python({**STATEMENT, "source": ""}))
    assert set(raised.value.block_errors) == {"source"}


def test_the_landing_page_shows_the_first_of_each_and_leads_to_all(client: Client) -> None:
    tips = [{"title": f"Tip {number}", "text": "Doe het."} for number in range(5)]
    page = page_of(
        CampaignFactory(),
        facts_and_fables=blocks("statement", STATEMENT, {**STATEMENT, "statement": "Nog een."}),
        conversation_tips=blocks("tip", *tips),
        aim="Praten over hoe het echt gaat.",
        target_groups=blocks("group", "Inwoners van Noord-Limburg"),
    )
    shown = html(client, page.url)
    assert [tip["title"] in shown for tip in tips] == [True, True, True, False, False]
    assert "Nog een." not in shown
    assert "Praten over hoe het echt gaat." in shown
    assert "Inwoners van Noord-Limburg" in shown
    assert all(tip["title"] in html(client, f"{page.url}tips/") for tip in tips)


def test_a_page_of_a_section_names_itself_and_the_same_section_in_other_languages(client: Client) -> None:
    page = page_of(CampaignFactory(), conversation_tips=blocks("tip", TIP))
    shown = html(client, f"{page.url}tips/")
    assert f'<link rel="canonical" href="{page.full_url}tips/">' in shown
    assert f'hreflang="nl" href="{page.full_url}tips/"' in shown
    assert "<title>Tips voor een gesprek · Limburg Openhartig" in shown


def test_stories_beyond_the_first_have_a_page(client: Client) -> None:
    page = page_of(CampaignFactory())
    stories = [StoryPageFactory(title=f"Verhaal {number}") for number in range(4)]
    page.featured_pages = [FeaturedPage(page=story, sort_order=n) for n, story in enumerate(stories)]
    page.save()
    assert "Verhaal 3" not in html(client, page.url)
    assert "Verhaal 3" in html(client, f"{page.url}stories/")


@pytest.fixture
def notice() -> FundingNotice:
    return FundingNotice(
        project="SoMe",
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 5, 31),
        text_nl="Betaald door het fonds.",
        text_de="Gefördert vom Fonds.",
        text_fr="Financé par le fonds.",
    )


@pytest.mark.parametrize(
    ("day", "is_shown"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-05-31", True), ("2026-06-01", False)],
)
def test_who_pays_is_said_within_the_period_only(
    client: Client, notice: FundingNotice, day: str, is_shown: bool
) -> None:
    campaign = CampaignFactory()
    campaign.funding_notices = [notice]
    campaign.save()
    page, other = page_of(campaign), CampaignPage(title="Andere", slug="andere", campaign=CampaignFactory())
    HomePage.objects.get(locale__language_code="nl").add_child(instance=other)
    with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
        assert ("Betaald door het fonds." in html(client, page.url)) is is_shown
        assert "Betaald door het fonds." not in html(client, other.url)


def test_who_pays_is_said_in_the_language_of_the_page(client: Client, notice: FundingNotice) -> None:
    campaign = CampaignFactory()
    campaign.funding_notices = [notice]
    campaign.save()
    with time_machine.travel("2026-04-01T12:00:00+00:00", tick=False):
        shown = html(client, page_of(campaign, "fr").url)
    assert "Financé par le fonds." in shown
    assert "Betaald" not in shown


def test_hashtags_follow_the_language_and_fall_back_to_dutch() -> None:
    campaign = CampaignFactory(hashtags="#Openhartig Limburg", hashtags_de="Offenherzig")
    assert campaign.hashtags_in("nl") == ["Openhartig", "Limburg"]
    assert campaign.hashtags_in("de") == ["Offenherzig"]
    assert campaign.hashtags_in("fr") == ["Openhartig", "Limburg"]


def test_a_campaign_asks_for_stories_until_it_is_over(client: Client) -> None:
    campaign = CampaignFactory(ends_on=date(2026, 3, 31))
    page = page_of(campaign)
    invitation = f'href="/nl/tell-your-story/?campaign={campaign.slug}"'
    with time_machine.travel("2026-03-31T20:00Z", tick=False):
        assert invitation in html(client, page.url)
    with time_machine.travel("2026-04-01T12:00Z", tick=False):
        assert invitation not in html(client, page.url)
    assert campaign.name in html(client, f"/nl/tell-your-story/?campaign={campaign.slug}")
