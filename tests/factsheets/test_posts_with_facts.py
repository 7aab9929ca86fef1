"""A post that mentions a fact follows it until it goes out; then it stays as it went."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

from campaigns.actions import publish_platform_post
from campaigns.actions.announcing import fill_from_page
from campaigns.models import PlatformPost, Post
from campaigns.previewing import previews_of
from campaigns.providers import registry
from core.sharing import SharingUse
from factsheets.models import Fact
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    MemoryProvider,
    SocialAccountFactory,
    scheduled,
)
from tests.factories.facts import make_fact
from tests.factories.pages import FactsheetPageFactory

pytestmark = pytest.mark.django_db
TEXT = "Het eigen risico is {fact:own_risk_nl}."


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel("2026-11-21 12:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> MemoryNetwork:
    registry.providers()
    monkeypatch.setitem(registry._providers, "memory", MemoryProvider)
    monkeypatch.setattr(MemoryProvider, "network", MemoryNetwork())
    return MemoryProvider.network


def change_value(fact: Fact, value: str) -> None:
    period = fact.periods.get()
    period.value = value
    fact.periods.add(period)
    fact.save()


def said(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_draft_made_from_a_sheet_follows_the_fact(network: MemoryNetwork) -> None:
    fact = make_fact()
    sheet = FactsheetPageFactory(share_text=TEXT)
    message = scheduled(SocialAccountFactory(), campaign=CampaignFactory())
    post = Post.objects.get(pk=message.post_id)
    fill_from_page(post, sheet)
    assert "€ 385" in said(previews_of(post)[0].text)
    change_value(fact, "400")
    assert "€ 400" in said(previews_of(post)[0].text)


def test_what_goes_out_says_the_value_of_that_moment_and_stays(network: MemoryNetwork) -> None:
    fact = make_fact()
    message = scheduled(SocialAccountFactory(), text=TEXT)
    change_value(fact, "400")
    publish_platform_post(message.pk)
    assert [said(post.text) for post in network.posts.values()] == ["Het eigen risico is € 400."]
    change_value(fact, "460")
    assert said(PlatformPost.objects.get().text) == "Het eigen risico is € 400."


def test_a_fact_that_a_post_mentions_is_in_use(network: MemoryNetwork) -> None:
    fact = make_fact()
    message = scheduled(SocialAccountFactory(), text=TEXT)
    assert [usage.content_object for usage in fact.usages.all()][:1] == [message.post]


def test_a_sheet_whose_amount_is_past_its_time_is_not_announced(november: Any) -> None:
    from datetime import date

    make_fact(until=date(2026, 12, 31))
    sheet = FactsheetPageFactory(share_text=TEXT)
    assert sheet.get_share_clearance(SharingUse.SOCIAL_MEDIA).allowed
    november.move_to("2027-01-01 00:00+01:00")
    clearance = sheet.get_share_clearance(SharingUse.SOCIAL_MEDIA)
    assert not clearance.allowed
    assert clearance.may_return
