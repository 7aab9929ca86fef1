"""What the Bluesky provider sends, checked strictly against the models of the ``atproto`` package, and never sends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import pytest
from atproto import models
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from campaigns.providers.base import Failure, LinkCard, OutgoingPost, ProviderError
from campaigns.providers.bluesky import BlueskyProvider
from campaigns.providers.bluesky.records import new_tid, split_post_uri
from tests.campaigns.providers.fake_pds import (
    BLOB,
    CREDENTIALS,
    DID,
    KEY,
    POST,
    URI,
    FakePds,
    check_model,
    photo,
)


def test_a_message_is_stored_under_its_own_key_and_never_over_another(
    pds: FakePds, provider: BlueskyProvider
) -> None:
    pds.stores_the_message()

    result = provider.publish(POST)

    body = pds.sent("com.atproto.repo.putRecord")
    assert (body["repo"], body["collection"], body["rkey"]) == (DID, "app.bsky.feed.post", KEY)
    assert "swapRecord" in body
    assert body["swapRecord"] is None
    assert (result.remote_id, result.url) == (URI, f"https://bsky.app/profile/{DID}/post/{KEY}")
    check_model(body, models.ComAtprotoRepoPutRecord.Data)


FULL = replace(
    POST,
    text="Vijf verhalen 👨‍👩‍👧 in #Limburg, met @lena.test: https://example.org/é en 113.nl",
    images=(photo(), photo(30, 40)),
    link="https://example.org/s/abcdef",
    tags=("#ervaring", "mentale gezondheid"),
)


@pytest.mark.parametrize(
    "post",
    [
        POST,
        FULL,
        replace(FULL, images=()),
        replace(POST, link="https://example.org/nl/?utm_source=bluesky&utm_medium=social#x"),
        replace(POST, link="https://example.org/", card=LinkCard("https://example.org/", "Lena", "Over moed", photo())),
        replace(POST, text="", images=(photo(),), language="de-BE"),
    ],
)  # fmt: skip
def test_what_is_sent_is_what_the_protocol_describes(
    pds: FakePds, provider: BlueskyProvider, post: OutgoingPost
) -> None:
    pds.stores_the_message()
    pds.answers("com.atproto.identity.resolveHandle", {"did": DID})

    provider.publish(post)

    check_model(pds.sent("com.atproto.server.createSession"), models.ComAtprotoServerCreateSession.Data)
    check_model(pds.record, models.AppBskyFeedPost.Record)


def test_the_same_message_is_sent_as_the_same_bytes_each_time(pds: FakePds) -> None:
    pds.stores_the_message()
    pds.answers("com.atproto.identity.resolveHandle", {"did": DID})

    for _turn in range(2):
        BlueskyProvider(CREDENTIALS).publish(FULL)

    first, second = pds.requests("com.atproto.repo.putRecord")
    assert first.body == second.body
    uploads = [request.body for request in pds.requests("com.atproto.repo.uploadBlob")]
    assert uploads[:2] == uploads[2:]


def test_the_time_is_the_planned_one_in_utc(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.stores_the_message()
    amsterdam = timezone(timedelta(hours=1))

    provider.publish(replace(POST, created_at=datetime(2026, 3, 1, 13, 0, 0, 250_000, tzinfo=amsterdam)))

    assert pds.record["createdAt"] == "2026-03-01T12:00:00.250Z"


def test_a_large_photo_is_made_small_enough_and_its_shape_told(
    pds: FakePds, provider: BlueskyProvider
) -> None:
    pds.stores_the_message()

    provider.publish(replace(POST, images=(photo(3_000, 2_400),)))

    [upload] = pds.requests("com.atproto.repo.uploadBlob")
    assert isinstance(upload.body, bytes)
    assert len(upload.body) <= 2_000_000
    assert upload.headers["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(upload.body)).size == (2_000, 1_600)
    [image] = pds.record["embed"]["images"]
    assert image["aspectRatio"] == {"width": 2_000, "height": 1_600}
    assert image["alt"] == "Een bankje."


def test_with_images_the_link_stands_in_the_text(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.stores_the_message()

    provider.publish(replace(POST, link="https://example.org/s/abc", images=(photo(),)))

    assert pds.record["text"] == "Vijf verhalen 🌻\n\nhttps://example.org/s/abc"
    assert pds.record["facets"][0]["features"][0]["uri"] == "https://example.org/s/abc"


def test_a_link_that_is_in_the_text_already_is_not_repeated() -> None:
    post = replace(
        POST, text="Lees https://example.org/s/abc nu", link="https://example.org/s/abc", images=(photo(),)
    )

    assert BlueskyProvider.compose(post) == post.text


def test_a_link_without_image_becomes_a_card(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.stores_the_message()
    card = LinkCard("https://example.org/nl/lena/", "Lena vertelt", "Over moed", photo())

    provider.publish(replace(POST, link="https://example.org/s/abc", card=card))

    assert pds.record["text"] == POST.text
    assert pds.record["embed"]["external"] == {
        "uri": "https://example.org/s/abc",
        "title": "Lena vertelt",
        "description": "Over moed",
        "thumb": BLOB,
    }


def test_topics_go_along_beside_the_text(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.stores_the_message()

    provider.publish(replace(POST, tags=("#ervaring", "mentale gezondheid")))

    assert pds.record["tags"] == ["ervaring", "mentale gezondheid"]
    assert pds.record["text"] == POST.text


def test_a_mention_that_resolves_to_nobody_stays_text(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.stores_the_message()
    pds.refuses("com.atproto.identity.resolveHandle", "InvalidRequest")

    provider.publish(replace(POST, text="Met @niemand.test en @niemand.test"))

    assert "facets" not in pds.record
    assert pds.calls.count("com.atproto.identity.resolveHandle") == 1


def test_a_mention_that_cannot_be_looked_up_now_keeps_the_message_for_later(
    pds: FakePds, provider: BlueskyProvider
) -> None:
    pds.refuses("com.atproto.identity.resolveHandle", "InternalServerError", 500)

    with pytest.raises(ProviderError) as raised:
        provider.publish(replace(POST, text="Met @lena.test"))

    assert raised.value.failure is Failure.TEMPORARY
    assert "com.atproto.repo.putRecord" not in pds.calls


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 301}, "text"),
        ({"text": "👨‍👩‍👧‍👦" * 121}, "text"),
        ({"text": "x\ud83d"}, "text"),
        ({"text": "x" * 280, "link": "https://example.org/s/abc", "images": (photo(),)}, "text"),
        ({"tags": ("a",) * 9}, "text"),
        ({"images": (photo(),) * 5}, "image"),
        ({"images": (photo(alt=" "),)}, "image_alt"),
        ({"images": (photo(alt="x" * 2_001),)}, "image_alt"),
        ({"images": (replace(photo(), content=b"<html>"),)}, "image"),
        ({"link": "example.org/nl"}, "link"),
    ],
)
def test_what_would_be_refused_is_told_at_its_field_and_nothing_is_sent(
    pds: FakePds, provider: BlueskyProvider, changes: dict[str, Any], field: str
) -> None:
    post = replace(POST, **changes)

    [problem] = provider.problems(post)
    with pytest.raises(ProviderError) as raised:
        provider.publish(post)

    assert problem.field == field
    assert raised.value.failure is Failure.PERMANENT
    assert str(raised.value) == str(problem.message)
    assert pds.calls == []


def test_a_draft_whose_picture_is_not_read_yet_has_no_problem() -> None:
    assert BlueskyProvider.problems(replace(POST, images=(replace(photo(), content=b""),))) == []


def test_an_image_that_breaks_off_is_refused(pds: FakePds, provider: BlueskyProvider) -> None:
    cut = replace(photo(400, 300), content=photo(400, 300).content[:3_000])

    with pytest.raises(ProviderError) as raised:
        provider.publish(replace(POST, images=(cut,)))

    assert raised.value.failure is Failure.PERMANENT
    assert "com.atproto.repo.putRecord" not in pds.calls


@given(st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_key_is_a_tid_of_the_second_before(moment: datetime) -> None:
    key = new_tid(moment)

    number = 0
    for letter in key:
        number = number * 32 + "234567abcdefghijklmnopqrstuvwxyz".index(letter)
    age = moment.timestamp() - (number >> 10) / 1_000_000
    assert len(key) == 13
    assert key[0] in "234567abcdefghij"
    assert -0.001 <= age <= 1.001
    assert split_post_uri(f"at://{DID}/app.bsky.feed.post/{key}") == (DID, key)


def test_a_thousand_messages_approved_in_one_moment_have_a_thousand_keys() -> None:
    assert len({BlueskyProvider.new_idempotency_key(POST.created_at) for _turn in range(1_000)}) == 1_000
