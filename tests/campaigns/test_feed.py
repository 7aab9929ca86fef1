"""The Atom feed of a campaign's page: valid by RFC 4287's rules, and only what is published in its language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.test import Client

from campaigns.actions import publish_platform_post
from campaigns.models import Campaign, CampaignPage, PlatformPost, SocialAccount
from campaigns.states import Status
from drieklank.models import HomePage
from tests.factories.campaigns import CampaignFactory, scheduled

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign() -> Campaign:
    return CampaignFactory()


@pytest.fixture
def updates_page(campaign: Campaign) -> CampaignPage:
    home = HomePage.objects.get(locale__language_code="nl")
    page: CampaignPage = home.add_child(
        instance=CampaignPage(title="Limburg Openhartig", slug="openhartig", campaign=campaign)
    )
    return page


def tell(campaign: Campaign, text: str, language: str = "nl") -> PlatformPost:
    account = SocialAccount.objects.get(provider="website", language=language)
    row = scheduled(account, NOON, campaign=campaign, text=text, language=language)
    publish_platform_post(row.pk)
    row.refresh_from_db()
    return row


def feed(page: CampaignPage) -> ET.Element:
    response = Client().get(page.url + page.reverse_subpage("feed"))
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)  # noqa: S314 - our own feed


def test_what_an_atom_feed_must_have(updates_page: CampaignPage, campaign: Campaign, clock: Any) -> None:
    tell(campaign, "Eerste bericht & meer <b>")
    clock.shift(timedelta(minutes=5))
    tell(campaign, "Tweede bericht")
    root = feed(updates_page)
    assert root.tag == f"{ATOM}feed"
    for element in ("id", "title", "updated"):
        assert root.findtext(ATOM + element), element
    (self_link,) = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert self_link == updates_page.full_url + updates_page.reverse_subpage("feed")
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Tweede bericht",
        "Eerste bericht & meer <b>",
    ]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    for entry in entries:
        assert datetime.fromisoformat(str(entry.findtext(f"{ATOM}updated"))).tzinfo is not None
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert str(link.get("href")).startswith(updates_page.full_url)


def test_only_what_is_published_here_and_in_this_language(
    updates_page: CampaignPage, campaign: Campaign
) -> None:
    tell(campaign, "Te lezen")
    tell(campaign, "Auf Deutsch", "de")
    tell(CampaignFactory(), "Van een andere campagne")
    gone = tell(campaign, "Weggehaald")
    PlatformPost.objects.filter(pk=gone.pk).update(status=Status.REMOVED)
    assert [entry.findtext(f"{ATOM}title") for entry in feed(updates_page).findall(f"{ATOM}entry")] == [
        "Te lezen"
    ]
