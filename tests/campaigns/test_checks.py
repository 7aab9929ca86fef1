"""What is found before approval: another language, a dead link, the same again, a full day, a price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
import responses
import time_machine
from django.test import Client

from campaigns.checking import findings_of
from campaigns.checks.links import trouble_with
from campaigns.checks.wording import language_of
from campaigns.models import Campaign, Post, PostTarget, SocialAccount
from tests.campaigns.editor import approve, errors, typed
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    MemoryProvider,
    PostFactory,
    SocialAccountFactory,
    approved_post,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
DUTCH = "Iedere ochtend fietst Marijke over de grens naar haar werk in Aken."
GERMAN = "Jeden Morgen fährt Marijke mit dem Rad über die Grenze nach Aachen."


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory(name="mila.example")


@pytest.fixture
def web() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def found(post: Post, *accounts: SocialAccount) -> list[tuple[str, str, bool]]:
    targets = [PostTarget(post=post, account=account) for account in accounts]
    return [(each.field, str(each.message), each.is_error) for each in findings_of(post, targets)]


def of_field(field: str, post: Post, *accounts: SocialAccount) -> list[tuple[str, bool]]:
    return [(message, is_error) for name, message, is_error in found(post, *accounts) if name == field]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (DUTCH, "nl"),
        (GERMAN, "de"),
        ("Chaque matin, Marijke passe la frontière à vélo pour aller travailler.", "fr"),
        ("Every morning Marijke cycles across the border to her work in Aachen.", "en"),
        ("Hallo!", None),
        ("#Openhartig #MentaleGezondheid https://example.org/jeden-morgen-mit-dem-rad", None),
        ("", None),
    ],
)
def test_languages_are_told_apart_and_short_texts_are_left_alone(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_text_in_another_language_is_asked_about_but_not_refused(account: SocialAccount) -> None:
    ((message, is_error),) = of_field("text", PostFactory(text=GERMAN), account)
    assert "Duits" in message
    assert not is_error
    assert of_field("text", PostFactory(text=DUTCH), account) == []


def test_a_text_of_its_own_is_looked_at_too(account: SocialAccount) -> None:
    post = PostFactory(text=DUTCH)
    findings = findings_of(post, [PostTarget(post=post, account=account, text=GERMAN)])
    assert [(each.field, each.on_target) for each in findings] == [("text", True)]


def test_the_same_again_on_the_same_account_is_refused_for_a_while(
    account: SocialAccount, settings: Any
) -> None:
    settings.CAMPAIGNS_REPEAT_AFTER_DAYS = 14
    approved_post(account, text=DUTCH, due_at=NOON + timedelta(days=1))
    again = PostFactory(text=f"{DUTCH.upper()}  #anders", planned_at=NOON + timedelta(days=5))
    ((message, is_error),) = of_field("text", again, account)
    assert is_error
    assert "mila.example" in message
    assert of_field("text", again, SocialAccountFactory()) == []
    later = PostFactory(text=DUTCH, planned_at=NOON + timedelta(days=16))
    assert of_field("text", later, account) == []


def test_a_post_does_not_repeat_itself(account: SocialAccount) -> None:
    post = approved_post(account, text=DUTCH, due_at=NOON + timedelta(days=1))
    assert of_field("text", post, account) == []


def test_x_says_that_a_link_costs_more(db: None) -> None:
    account = SocialAccountFactory(provider="x")
    post = approved_post(account)
    found = findings_of(post, list(post.targets.select_related("account")))
    assert any(
        "X" in str(finding.message) and not finding.is_error
        for finding in found
        if finding.field == "account"
    )


def test_a_full_day_and_a_price_are_told_in_time(
    account: SocialAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemoryProvider, "limits", replace(MemoryProvider.limits, posts_a_day=2))
    monkeypatch.setattr(
        MemoryProvider, "capabilities", replace(MemoryProvider.capabilities, price="€ 0,02 per bericht.")
    )
    for number in range(2):
        approved_post(account, text=f"Bericht {number}", due_at=NOON + timedelta(hours=number))
    full = PostFactory(text="Nog een", planned_at=NOON + timedelta(hours=3))
    assert [is_error for __, is_error in of_field("planned_at", full, account)] == [False]
    assert of_field("account", full, account) == [(f"{account}: € 0,02 per bericht.", False)]
    tomorrow = PostFactory(text="Nog een", planned_at=NOON + timedelta(hours=25, minutes=30))
    assert of_field("planned_at", tomorrow, account) == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_link_is_refused_at_its_field(
    staff: Client, account: SocialAccount, web: responses.RequestsMock, status: int
) -> None:
    web.get("https://dead.example/", status=status)
    campaign: Campaign = CampaignFactory()
    refused = errors(approve(staff, typed(campaign, account, link="https://dead.example/")))
    assert list(refused) == ["link"]
    assert str(status) in str(refused["link"])


@pytest.mark.parametrize(
    "answer",
    [{"status": 200}, {"status": 403}, {"status": 500}, {"body": requests.exceptions.ReadTimeout()}],
)
def test_a_server_that_is_slow_or_refuses_robots_proves_nothing(
    staff: Client, account: SocialAccount, web: responses.RequestsMock, answer: dict[str, Any]
) -> None:
    web.get("https://slow.example/", **answer)
    response = approve(staff, typed(CampaignFactory(), account, link="https://slow.example/"))
    assert response.status_code == 302


def test_no_address_of_the_inner_network_is_called(settings: Any) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = False
    assert "internet" in str(trouble_with("http://127.0.0.1:1/"))
    assert "internet" in str(trouble_with("http://[::1]:1/"))


def test_a_redirect_to_the_inner_network_is_not_followed(settings: Any, web: responses.RequestsMock) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = False
    web.get("https://fine.example/", status=302, headers={"Location": "http://127.0.0.1:1/secret"})
    web.add_passthru("http://127.0.0.1:1")
    assert "internet" in str(trouble_with("https://fine.example/"))


def test_a_draft_asks_no_server(staff: Client, account: SocialAccount, web: responses.RequestsMock) -> None:
    from tests.campaigns.editor import add_url

    data = typed(CampaignFactory(), account, link="https://dead.example/")
    assert staff.post(add_url(), data).status_code == 302
    assert len(web.calls) == 0
