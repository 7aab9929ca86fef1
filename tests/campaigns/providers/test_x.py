"""X: what is sent, checked against the schemas of its own library, and lengths as twitter-text counts them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from xdk import schemas

from campaigns.providers.base import Failure, OutgoingPost, ProviderError, Steps
from campaigns.providers.x import XProvider
from campaigns.providers.x.counting import weigh
from tests.campaigns.providers.fake_pds import photo
from tests.fakes.accounts import all_networks, connected
from tests.fakes.server import ANSWERS, FakeServer, Fault, Reply

POST = OutgoingPost(
    text="Vijf verhalen 🌻 #Limburg",
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


def check(content: dict[str, Any], schema: type[BaseModel]) -> None:
    """``content`` is what ``schema`` describes, in every depth, and not a field more."""
    _no_extra(schema.model_validate(content, strict=True))


def _no_extra(model: BaseModel) -> None:
    assert not model.model_extra, f"{type(model).__name__} knows no {set(model.model_extra or {})}"
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            _no_extra(value)


@pytest.mark.parametrize("images", [(), (photo(),), (photo(), photo(30, 30, "Een brug."))])
def test_what_is_sent_is_what_xs_own_library_describes(server: FakeServer, images: Any) -> None:
    connected("x", server).publish(replace(POST, images=images, steps=Steps()))

    [tweet] = server.calls("x", "POST", "/2/tweets")
    check(tweet.json, schemas.CreatePostsRequest)
    uploads = server.calls("x", "POST", "/2/media/upload")
    for upload in uploads:
        check({**upload.form, "media": "the bytes"}, schemas.MediaUploadRequest)
        assert set(upload.files) == {"media"}
    words = server.calls("x", "POST", "/2/media/metadata")
    for call in words:
        check(call.json, schemas.CreateMediaMetadataRequest)
    told = [call.json["metadata"]["alt_text"]["text"] for call in words]
    assert told == [image.alt for image in images]
    assert tweet.json.get("media", {}).get("media_ids", []) == list(server.networks["x"].drafts)


# Examples and rules: github.com/twitter/twitter-text, configuration v3 and conformance/validate.yml
@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("This is a test.", 15),
        ("http://test.com", 23),
        ("https://test.com", 23),
        ("test.com", 23),
        ("Test https://test.com test https://test.com test.com test", 86),
        ("https://drieklank.example/" + "x" * 300, 23),
        ("www.example.com", 23),
        ("t.co", 23),
        ("foo.co.jp", 23),
        ("example.com/path/to/resource?search=foo&lang=en", 23),
        ("113.nl", 6),  # a country's domain alone is no link on X
        ("www.113.nl", 23),
        ("113.nl/chat", 23),
        ("Klaar.Nu verder", 15),
        ("mail@example.com", 16),
        ("zie (https://example.org/a_(b)).", 4 + 1 + 23 + 2),
        ("@mila", 5),
        ("#Limburg", 8),
        ("caf\u00e9", 4),
        ("cafe\u0301", 4),
        ("の", 2),
        ("字" * 140, 280),
        ("한글", 4),
        ("🌻", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇧🇪🇳🇱", 4),
        ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 2),
        ("🏳️‍🌈", 2),
        ("1️⃣", 2),
        ("©", 1),
        ("❤️", 2),
        ("“quote” – dash…", 16),
        ("€", 2),
    ],
)
def test_a_text_weighs_what_twitter_text_says(text: str, weight: int) -> None:
    assert weigh(text) == weight


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_accents_in_one_piece_or_two_weigh_the_same(text: str) -> None:
    assert weigh(unicodedata.normalize("NFD", text)) == weigh(unicodedata.normalize("NFC", text))


def test_an_empty_purse_pauses_the_account(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ANSWERS, "402", lambda: Reply({"title": "CreditsDepleted"}, 402))
    server.faults = lambda request, publishes: Fault("402") if publishes else None
    with pytest.raises(ProviderError) as raised:
        connected("x", server).publish(POST)
    assert raised.value.failure is Failure.ACCOUNT


def test_the_same_words_again_are_looked_up_for_they_may_be_this_message(server: FakeServer) -> None:
    provider = connected("x", server)
    first = provider.publish(POST)
    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)
    assert raised.value.failure is Failure.UNKNOWN
    found = provider.find(POST)
    assert found is not None
    assert found.remote_id == first.remote_id
    assert XProvider.limits.url == 23
