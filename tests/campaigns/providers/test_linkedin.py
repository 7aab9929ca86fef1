"""LinkedIn: its little text, its pictures, and tokens that go to LinkedIn alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.providers.base import LinkCard, OutgoingPost, Steps
from campaigns.providers.linkedin import LinkedInProvider
from campaigns.providers.little_text import escape, unescape
from tests.campaigns.providers.fake_pds import photo
from tests.fakes.accounts import all_networks, connected
from tests.fakes.server import FakeServer

POST = OutgoingPost(
    text="Mila (23) vertelt: *moed* [en] #Limburg",
    language="nl",
    idempotency_key="0f1e",
    created_at=datetime.now(UTC) - timedelta(minutes=1),
    link="https://drieklank.test/s/abcdefgh",
)


@pytest.fixture
def server(settings: Any) -> Iterator[FakeServer]:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True
    with all_networks().running() as running:
        settings.CAMPAIGNS_NETWORK_HOSTS = running.hosts
        yield running


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Hallo.", "Hallo."),
        ("a (b) [c] {d} <e>", r"a \(b\) \[c\] \{d\} \<e\>"),
        ("a_b*c~d|e@f\\g", r"a\_b\*c\~d\|e\@f\\g"),
        ("#Limburg", r"{hashtag|\#|Limburg}"),
        ("Lees #Région_1!", r"Lees {hashtag|\#|Région\_1}!"),
        ("nr. #1 en C#", r"nr. \#1 en C\#"),
        ("https://example.org/s/ab_c#d", r"https://example.org/s/ab\_c\#d"),
    ],
)
def test_marks_that_mean_something_to_linkedin_are_escaped(text: str, sent: str) -> None:
    assert escape(text) == sent
    assert unescape(sent) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_escaped_is_read_back_as_it_was(text: str) -> None:
    assert unescape(escape(text)).replace("＃", "#") == text.replace("＃", "#")


def test_people_see_three_thousand_characters_however_many_are_escaped() -> None:
    assert LinkedInProvider.problems(replace(POST, text="(" * 2_900)) == []
    assert LinkedInProvider.count("(" * 3_001).left == -1


def test_a_message_says_what_the_posts_api_asks_for(server: FakeServer) -> None:
    connected("linkedin", server).publish(replace(POST, images=(photo(),), steps=Steps()))

    [call] = server.calls("linkedin", "POST", "/rest/posts")
    assert call.headers["linkedin-version"].isdecimal()
    assert call.headers["x-restli-protocol-version"] == "2.0.0"
    body = call.json
    assert body["author"] == "urn:li:organization:99"
    assert body["lifecycleState"] == "PUBLISHED"
    assert body["distribution"]["feedDistribution"] == "MAIN_FEED"
    assert body["commentary"].startswith(r"Mila \(23\) vertelt")
    [urn] = server.networks["linkedin"].drafts
    assert body["content"] == {"media": {"id": urn, "altText": "Een bankje."}}
    assert server.networks["linkedin"].drafts[urn]["bytes"] > 100


def test_several_pictures_and_a_link_card_have_forms_of_their_own(server: FakeServer) -> None:
    provider = connected("linkedin", server)
    provider.publish(replace(POST, images=(photo(), photo(30, 30, "Een brug.")), steps=Steps()))
    card = LinkCard(POST.link, "Mila vertelt", "Over buren")
    provider.publish(replace(POST, text="Ander", card=card, steps=Steps()))

    several, article = (call.json["content"] for call in server.calls("linkedin", "POST", "/rest/posts"))
    assert [image["altText"] for image in several["multiImage"]["images"]] == ["Een bankje.", "Een brug."]
    assert article == {"article": {"source": POST.link, "title": "Mila vertelt", "description": "Over buren"}}


def test_a_picture_is_put_where_linkedin_says_but_its_token_goes_to_linkedin_alone(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaigns.providers.hosts.host_of", lambda name: "https://api.linkedin.com")
    from campaigns.providers.hosts import is_linkedins

    assert is_linkedins("https://www.linkedin.com/dms-uploads/x")
    assert not is_linkedins("https://linkedin.com.evil.example/x")
    assert not is_linkedins("https://evillinkedin.com/x")
    assert not is_linkedins(server.address)
