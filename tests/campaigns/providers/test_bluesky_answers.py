"""What each answer of a Bluesky server means; ``tests/networks`` has the real servers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from atproto import models
from django.utils.translation import override

from campaigns.providers.base import Failure, ProviderError
from campaigns.providers.bluesky import BlueskyProvider
from tests.campaigns.providers.fake_pds import CID, DID, KEY, POST, URI, FakePds, address, check_model, photo


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (
            {"status": 400, "content": {"error": "InvalidRequest", "message": "Invalid record"}},
            Failure.PERMANENT,
        ),
        ({"status": 400, "body": "<html>Bad Request</html>"}, Failure.PERMANENT),
        ({"status": 400, "content": {"error": "BlobNotFound"}}, Failure.TEMPORARY),
        ({"status": 400, "content": {"error": "RepoDeactivated"}}, Failure.ACCOUNT),
        ({"status": 403, "content": {"error": "AccountTakedown"}}, Failure.ACCOUNT),
        ({"status": 404, "body": "<html>Not here</html>"}, Failure.ACCOUNT),
        ({"status": 301, "headers": {"Location": "https://elsewhere.example/"}}, Failure.ACCOUNT),
        ({"status": 413, "content": {"error": "PayloadTooLarge"}}, Failure.PERMANENT),
        ({"status": 429, "content": {"error": "RateLimitExceeded"}}, Failure.TEMPORARY),
        ({"status": 500, "content": {"error": "InternalServerError"}}, Failure.UNKNOWN),
        ({"status": 502, "body": "<html>Bad Gateway</html>"}, Failure.UNKNOWN),
        ({"status": 200, "body": "<html>Welcome to the hotel's network</html>"}, Failure.UNKNOWN),
        ({"status": 200, "content": {"error": "InvalidRequest"}}, Failure.UNKNOWN),
        ({"status": 200, "content": {"uri": URI + "x", "cid": CID}}, Failure.UNKNOWN),
        ({"status": 200, "content": []}, Failure.UNKNOWN),
        ({"status": 200, "body": b"\xff\xfe"}, Failure.UNKNOWN),
        ({"status": 200, "body": ""}, Failure.UNKNOWN),
        ({"status": 200, "body": b" " * 2_000_001}, Failure.UNKNOWN),
        ({"body": requests.ReadTimeout()}, Failure.UNKNOWN),
        ({"body": requests.ConnectionError(ConnectionResetError())}, Failure.UNKNOWN),
        ({"body": requests.ConnectTimeout()}, Failure.TEMPORARY),
    ],
)
def test_what_a_failure_to_publish_means(
    pds: FakePds, provider: BlueskyProvider, answer: dict[str, Any], failure: Failure
) -> None:
    pds.answers("com.atproto.repo.putRecord", **answer)

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.failure is failure
    assert pds.calls.count("com.atproto.repo.putRecord") == 1
    assert "Bluesky" in str(raised.value)


def test_a_failure_before_the_message_is_sent_is_temporary(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.mock.replace("POST", address("com.atproto.repo.uploadBlob"), body=requests.ReadTimeout())

    with pytest.raises(ProviderError) as raised:
        provider.publish(replace(POST, images=(photo(),)))

    assert raised.value.failure is Failure.TEMPORARY


def test_a_network_that_asks_to_wait_says_how_long(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.refuses("com.atproto.repo.putRecord", "RateLimitExceeded", 429, headers={"Retry-After": "90"})

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.retry_after == 90


def test_neither_the_message_nor_the_detail_holds_a_secret(pds: FakePds, provider: BlueskyProvider) -> None:
    words = {"error": "InvalidRequest", "message": "abcd-efgh-ijkl-mnop access-1 refresh-1 " + "x" * 1_000}
    pds.answers("com.atproto.repo.putRecord", words, 400)

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    told = f"{raised.value} {raised.value.detail}"
    assert "InvalidRequest" in raised.value.detail
    assert len(raised.value.detail) <= 300
    assert not any(secret in told for secret in ("abcd-efgh", "access-1", "refresh-1"))


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_a_failure_is_told_in_the_language_of_whoever_reads_it(
    pds: FakePds, provider: BlueskyProvider, language: str
) -> None:
    pds.refuses("com.atproto.repo.putRecord", "InternalServerError", 500)

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    with override("en"):
        english = str(raised.value)
    with override(language):
        assert str(raised.value) != english


STORED = {"text": POST.text, "createdAt": "2026-03-01T12:00:00.000Z"}


def test_our_key_being_taken_by_this_message_means_it_is_there(
    pds: FakePds, provider: BlueskyProvider
) -> None:
    pds.refuses("com.atproto.repo.putRecord", "InvalidSwap")
    pds.answers("com.atproto.repo.getRecord", {"uri": URI, "cid": CID, "value": STORED})

    assert provider.publish(POST).remote_id == URI


@pytest.mark.parametrize("change", [{"text": "Iets anders"}, {"createdAt": "2026-03-01T12:00:00.001Z"}])
def test_our_key_being_taken_by_another_message_is_permanent(
    pds: FakePds, provider: BlueskyProvider, change: dict[str, str]
) -> None:
    pds.refuses("com.atproto.repo.putRecord", "InvalidSwap")
    pds.answers("com.atproto.repo.getRecord", {"uri": URI, "cid": CID, "value": {**STORED, **change}})

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.failure is Failure.PERMANENT


def test_our_key_being_taken_and_free_again_is_tried_later(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.refuses("com.atproto.repo.putRecord", "InvalidSwap")
    pds.refuses("com.atproto.repo.getRecord", "RecordNotFound")

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.failure is Failure.TEMPORARY


def test_looking_finds_what_is_there(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.answers("com.atproto.repo.getRecord", {"uri": URI, "cid": CID, "value": STORED})

    found = provider.find(POST)

    assert found is not None
    assert found.remote_id == URI
    asked = parse_qs(urlsplit(str(pds.requests("com.atproto.repo.getRecord")[0].url)).query)
    assert asked == {"repo": [DID], "collection": ["app.bsky.feed.post"], "rkey": [KEY]}


def test_looking_finds_nothing_only_when_the_server_says_so(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.refuses("com.atproto.repo.getRecord", "RecordNotFound")
    pds.refuses("com.atproto.repo.getRecord", "InvalidRequest")
    pds.answers("com.atproto.repo.getRecord", {"uri": URI})

    assert provider.find(POST) is None
    for _turn in range(2):
        with pytest.raises(ProviderError):
            provider.find(POST)


def test_taking_down_names_the_record(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.answers("com.atproto.repo.deleteRecord")

    provider.delete(URI)

    check_model(pds.sent("com.atproto.repo.deleteRecord"), models.ComAtprotoRepoDeleteRecord.Data)
    assert pds.sent("com.atproto.repo.deleteRecord")["rkey"] == KEY


@pytest.mark.parametrize("error", [requests.ReadTimeout(), requests.ConnectionError("reset")])
def test_taking_down_without_an_answer_can_simply_be_repeated(
    pds: FakePds, provider: BlueskyProvider, error: Exception
) -> None:
    pds.answers("com.atproto.repo.deleteRecord", body=error)

    with pytest.raises(ProviderError) as raised:
        provider.delete(URI)

    assert raised.value.failure is Failure.TEMPORARY


@pytest.mark.parametrize(
    "remote_id", [URI.replace("ewvi", "abcd"), "sleutel", "", f"at://{DID}/app.bsky.graph.follow/{KEY}"]
)
def test_only_this_accounts_posts_are_taken_down(
    pds: FakePds, provider: BlueskyProvider, remote_id: str
) -> None:
    with pytest.raises(ProviderError) as raised:
        provider.delete(remote_id)

    assert raised.value.failure is Failure.PERMANENT
    assert "com.atproto.repo.deleteRecord" not in pds.calls


def test_figures_keep_their_own_names_and_missing_is_not_zero(
    pds: FakePds, provider: BlueskyProvider
) -> None:
    other = URI.replace(KEY, "3mfyqsgpjzs2b")
    views = [
        {"uri": URI, "likeCount": 3, "repostCount": 0, "replyCount": 1, "quoteCount": 2, "bookmarkCount": 9},
        {"uri": other, "likeCount": 1, "repostCount": None, "replyCount": -1, "quoteCount": True},
        {"uri": "at://did:plc:someone/app.bsky.feed.post/else", "likeCount": 8},
        "nonsense",
    ]
    pds.answers("app.bsky.feed.getPosts", {"posts": views})

    figures = provider.fetch_metrics([URI, other, "no uri", URI, URI.replace(KEY, "3mfyqsgpjzs2c")])

    assert figures == {URI: {"likes": 3, "reposts": 0, "replies": 1, "quotes": 2}, other: {"likes": 1}}
    asked = parse_qs(urlsplit(str(pds.requests("app.bsky.feed.getPosts")[0].url)).query)
    assert asked["uris"] == [URI, other, URI.replace(KEY, "3mfyqsgpjzs2c")]


def test_figures_of_fifty_one_messages_take_three_calls(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.answers("app.bsky.feed.getPosts", {"posts": []})
    uris = [URI.replace(KEY, f"key{number}") for number in range(51)]

    assert provider.fetch_metrics(uris) == {}

    asked = [
        len(parse_qs(urlsplit(str(request.url)).query)["uris"])
        for request in pds.requests("app.bsky.feed.getPosts")
    ]
    assert asked == [25, 25, 1]


def test_no_messages_take_no_call(pds: FakePds, provider: BlueskyProvider) -> None:
    assert provider.fetch_metrics([]) == {}
    assert pds.calls == []


def test_figures_that_cannot_be_read_are_asked_for_later(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.answers("app.bsky.feed.getPosts", {"error": "UpstreamFailure"})

    with pytest.raises(ProviderError) as raised:
        provider.fetch_metrics([URI])

    assert raised.value.failure is Failure.TEMPORARY
