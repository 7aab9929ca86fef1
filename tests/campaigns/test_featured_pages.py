"""A campaign shows pages as its own: none, one or several campaigns may show the same story."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from campaigns.models import CampaignPage, FeaturedPage
from drieklank.models import HomePage
from stories.models import StoryPage
from tests.factories.campaigns import CampaignFactory
from tests.factories.pages import FactsheetPageFactory, StoryPageFactory
from tests.factories.translations import fill, send, target

pytestmark = pytest.mark.django_db


def campaign_page(title: str, *shown: Any) -> CampaignPage:
    page = CampaignPage(title=title, campaign=CampaignFactory(name=title, slug=title.lower()))
    page.featured_pages = [FeaturedPage(page=each, sort_order=number) for number, each in enumerate(shown)]
    HomePage.objects.get(locale__language_code="nl").add_child(instance=page)
    return page


def shown_on(client: Client, page: Any) -> list[str]:
    html = client.get(page.url).content.decode()
    return [
        part.split("<")[0]
        for part in html.split('class="card__title"><a href="')[1:]
        for part in [part.split(">", 1)[1]]
    ]


def test_pages_are_shown_in_their_order_and_only_while_online(client: Client) -> None:
    story, sheet = StoryPageFactory(title="Mila"), FactsheetPageFactory(title="Naar de huisarts")
    offline = StoryPageFactory(title="Nog niet", live=False)
    page = campaign_page("Openhartig", sheet, offline, story)
    assert shown_on(client, page) == ["Naar de huisarts", "Mila"]
    assert shown_on(client, campaign_page("Leeg")) == []
    story.unpublish()
    assert shown_on(client, page) == ["Naar de huisarts"]


def test_two_campaigns_may_show_one_story(client: Client) -> None:
    story = StoryPageFactory(title="Mila")
    pages = [campaign_page(title, story) for title in ("Openhartig", "SoMe")]
    assert [shown_on(client, page) for page in pages] == [["Mila"], ["Mila"]]
    assert not [field.name for field in StoryPage._meta.get_fields() if "campaign" in field.name]


def test_each_language_shows_the_versions_it_has(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    translated, dutch_only = StoryPageFactory(title="Mila"), StoryPageFactory(title="Alleen Nederlands")
    page = campaign_page("Openhartig", translated, dutch_only)
    for source in (translated, page):
        translation = send(source)
        fill(translation)
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)
    german = target(translation)
    assert german.locale.language_code == "de"
    assert shown_on(client, german) == ["Mila auf Deutsch"]
