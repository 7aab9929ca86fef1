"""What the editor shows while somebody types is what the network's own rules say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.composing import length_of
from campaigns.models import Campaign, Post, PostTarget, SocialAccount
from campaigns.providers.registry import providers
from tests.campaigns.editor import NAMES
from tests.factories.campaigns import CampaignFactory, PostFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db

FAMILY = "👩‍👩‍👧‍👦"
TEXTS = [
    "Kort.",
    f"Een familie: {FAMILY} en een vlag: 🇳🇱",
    "é in één teken en in twee: e\u0301",
    "漢字 en een adres https://example.org/een/lang/pad?met=vragen en @iemand@example.social",
    "regel\r\nregel",
]


@pytest.fixture
def accounts() -> list[SocialAccount]:
    """One on every network there is."""
    return [SocialAccountFactory(provider=provider.identifier) for provider in providers()]


def count(browser: Client, **typed: Any) -> Any:
    return browser.post(
        reverse(f"{NAMES}:count"), json.dumps({"language": "nl", **typed}), content_type="application/json"
    )


def targets(accounts: list[SocialAccount], text: str = "") -> list[dict[str, str]]:
    return [{"account": str(account.pk), "text": text} for account in accounts]


@pytest.mark.parametrize("text", TEXTS)
def test_every_network_counts_by_its_own_rules(
    staff: Client, accounts: list[SocialAccount], text: str
) -> None:
    campaign = CampaignFactory()
    answer = count(
        staff, campaign=campaign.pk, text=text, link="https://example.org/", targets=targets(accounts)
    )
    post = PostFactory(campaign=campaign, text=text, link="https://example.org/")
    expected = [length_of(PostTarget(post=post, account=account)) for account in accounts]
    assert [(row["used"], row["limit"]) for row in answer.json()["lengths"]] == [
        (each.used, each.limit) for each in expected
    ]
    assert Post.objects.count() == 1


def test_a_text_of_its_own_is_counted_for_its_account_alone(
    staff: Client, accounts: list[SocialAccount]
) -> None:
    first, second = accounts[:2]
    answer = count(
        staff,
        text="Voor iedereen",
        targets=[*targets([first], "Alleen hier"), *targets([second])],
    )
    own, common = answer.json()["lengths"]
    assert (own["used"], common["used"]) == (11, 13)


def test_what_is_too_long_is_said_with_the_numbers(staff: Client) -> None:
    account = SocialAccountFactory(provider="bluesky")
    (row,) = count(staff, text="x" * 301, targets=targets([account])).json()["lengths"]
    assert (row["used"], row["limit"]) == (301, 300)
    assert "301" in row["problems"][0]


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"language": "xx"}', '{"language": "nl", "targets": 3}', "\x00", '{"language": null}'],
)
def test_garbage_is_refused(staff: Client, body: str) -> None:
    response = staff.post(reverse(f"{NAMES}:count"), body, content_type="application/json")
    assert response.status_code == 400


def test_a_flood_is_refused(staff: Client) -> None:
    assert count(staff, text="x" * 300_000).status_code == 400


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.fixed_dictionaries(
        {
            "text": st.text(max_size=400),
            "link": st.text(max_size=40),
            "page": st.text(max_size=5),
            "campaign": st.integers() | st.text(max_size=3),
            "targets": st.lists(st.dictionaries(st.sampled_from(["account", "text"]), st.text(max_size=9))),
        }
    )
)
def test_whatever_is_typed_gets_an_answer(staff: Client, typed: dict[str, Any]) -> None:
    assert count(staff, **typed).status_code in (200, 400)


def test_only_those_who_write_posts_may_ask(browser_of: Any, client: Client) -> None:
    for browser in (browser_of("Editors"), client):
        assert count(browser, text="a").status_code in (302, 403)
    assert not Campaign.objects.exists()
