"""The Bluesky provider against answers made up here; ``tests/networks`` has the real servers.

What is sent is checked strictly against the models of the ``atproto`` package.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses
from atproto import models
from atproto_client.models.utils import get_or_create
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pydantic import BaseModel

from campaigns.providers.base import Failure, LinkCard, OutgoingImage, OutgoingPost, ProviderError, Session
from campaigns.providers.bluesky import BlueskyProvider
from campaigns.providers.bluesky.records import new_tid, split_post_uri

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
KEY = "3mfyqsgpjzs2a"
URI = f"at://{DID}/app.bsky.feed.post/{KEY}"
CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"
CREDENTIALS = {"identifier": "@limburg.test", "password": "abcd-efgh-ijkl-mnop", "service": ""}
POST = OutgoingPost(text="Vijf verhalen 🌻", language="nl", idempotency_key=KEY, created_at=NOW)
SESSION = {"accessJwt": "access-1", "refreshJwt": "refresh-1", "did": DID, "handle": "limburg.test"}
BLOB = {"$type": "blob", "ref": {"$link": CID}, "mimeType": "image/jpeg", "size": 5}


def address(method: str, service: str = "https://bsky.social") -> str:
    return f"{service}/xrpc/{method}"


class Network:
    """The answers a server gives; a method that is answered twice gives the next answer each time."""

    def __init__(self, mock: responses.RequestsMock) -> None:
        self.mock = mock

    def answers(self, method: str, content: Any = None, status: int = 200, **options: Any) -> None:
        verb = "GET" if method.rpartition(".")[2].startswith(("get", "resolve")) else "POST"
        body = options.pop("body", json.dumps(content if content is not None else {}))
        self.mock.add(verb, address(method), body=body, status=status, **options)

    def refuses(self, method: str, error: str, status: int = 400, **options: Any) -> None:
        self.answers(method, {"error": error, "message": f"{error}, in words"}, status, **options)

    @property
    def calls(self) -> list[str]:
        return [urlsplit(str(call.request.url)).path.rpartition("/")[2] for call in self.mock.calls]

    def requests(self, method: str) -> list[requests.PreparedRequest]:
        return [call.request for call in self.mock.calls if f"/{method}" in str(call.request.url)]

    def sent(self, method: str) -> dict[str, Any]:
        """The JSON of the last call of ``method``."""
        return dict(json.loads(self.requests(method)[-1].body or b"{}"))

    @property
    def record(self) -> dict[str, Any]:
        return dict(self.sent("com.atproto.repo.putRecord")["record"])


@pytest.fixture
def network() -> Iterator[Network]:
    """A server that signs in and stores what it is given."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        network = Network(mock)
        network.answers("com.atproto.server.createSession", SESSION)
        network.answers("com.atproto.repo.uploadBlob", {"blob": BLOB})
        yield network


@pytest.fixture
def provider() -> BlueskyProvider:
    return BlueskyProvider(CREDENTIALS)


def stores(network: Network) -> None:
    network.answers("com.atproto.repo.putRecord", {"uri": URI, "cid": CID, "validationStatus": "valid"})


def photo(width: int = 40, height: int = 30, alt: str = "Een bankje.") -> OutgoingImage:
    output = BytesIO()
    Image.effect_noise((width, height), 90).save(output, "JPEG")
    return OutgoingImage(output.getvalue(), "image/jpeg", alt, width, height)


def check_model(content: dict[str, Any], model: type[BaseModel]) -> None:
    """``content`` is what ``model`` describes: types, formats and lengths, and not a field more."""
    checked = get_or_create(content, model, strict=True, strict_string_format=True)
    assert isinstance(checked, model)
    unknown = list(_unknown_fields(checked))
    assert not unknown, unknown


def _unknown_fields(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{type(value).__name__}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from _unknown_fields(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from _unknown_fields(item)


# --- what is sent ----------------------------------------------------------------------------------


def test_a_message_is_stored_under_its_own_key_and_never_over_another(
    network: Network, provider: BlueskyProvider
) -> None:
    stores(network)

    result = provider.publish(POST)

    body = network.sent("com.atproto.repo.putRecord")
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
    network: Network, provider: BlueskyProvider, post: OutgoingPost
) -> None:
    stores(network)
    network.answers("com.atproto.identity.resolveHandle", {"did": DID})

    provider.publish(post)

    check_model(network.sent("com.atproto.server.createSession"), models.ComAtprotoServerCreateSession.Data)
    check_model(network.record, models.AppBskyFeedPost.Record)


def test_the_same_message_is_sent_as_the_same_bytes_each_time(network: Network) -> None:
    stores(network)
    network.answers("com.atproto.identity.resolveHandle", {"did": DID})

    for _turn in range(2):
        BlueskyProvider(CREDENTIALS).publish(FULL)

    first, second = network.requests("com.atproto.repo.putRecord")
    assert first.body == second.body
    uploads = [request.body for request in network.requests("com.atproto.repo.uploadBlob")]
    assert uploads[:2] == uploads[2:]


def test_the_time_is_the_planned_one_in_utc(network: Network, provider: BlueskyProvider) -> None:
    stores(network)
    amsterdam = timezone(timedelta(hours=1))

    provider.publish(replace(POST, created_at=datetime(2026, 3, 1, 13, 0, 0, 250_000, tzinfo=amsterdam)))

    assert network.record["createdAt"] == "2026-03-01T12:00:00.250Z"


def test_a_large_photo_is_made_small_enough_and_its_shape_told(
    network: Network, provider: BlueskyProvider
) -> None:
    stores(network)

    provider.publish(replace(POST, images=(photo(3_000, 2_400),)))

    [upload] = network.requests("com.atproto.repo.uploadBlob")
    assert isinstance(upload.body, bytes)
    assert len(upload.body) <= 2_000_000
    assert upload.headers["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(upload.body)).size == (2_000, 1_600)
    [image] = network.record["embed"]["images"]
    assert image["aspectRatio"] == {"width": 2_000, "height": 1_600}
    assert image["alt"] == "Een bankje."


def test_with_images_the_link_stands_in_the_text(network: Network, provider: BlueskyProvider) -> None:
    stores(network)

    provider.publish(replace(POST, link="https://example.org/s/abc", images=(photo(),)))

    assert network.record["text"] == "Vijf verhalen 🌻\n\nhttps://example.org/s/abc"
    assert network.record["facets"][0]["features"][0]["uri"] == "https://example.org/s/abc"


def test_a_link_that_is_in_the_text_already_is_not_repeated() -> None:
    post = replace(
        POST, text="Lees https://example.org/s/abc nu", link="https://example.org/s/abc", images=(photo(),)
    )

    assert BlueskyProvider.compose(post) == post.text


def test_a_link_without_image_becomes_a_card(network: Network, provider: BlueskyProvider) -> None:
    stores(network)
    card = LinkCard("https://example.org/nl/lena/", "Lena vertelt", "Over moed", photo())

    provider.publish(replace(POST, link="https://example.org/s/abc", card=card))

    assert network.record["text"] == POST.text
    assert network.record["embed"]["external"] == {
        "uri": "https://example.org/s/abc",
        "title": "Lena vertelt",
        "description": "Over moed",
        "thumb": BLOB,
    }


def test_topics_go_along_beside_the_text(network: Network, provider: BlueskyProvider) -> None:
    stores(network)

    provider.publish(replace(POST, tags=("#ervaring", "mentale gezondheid")))

    assert network.record["tags"] == ["ervaring", "mentale gezondheid"]
    assert network.record["text"] == POST.text


def test_a_mention_that_resolves_to_nobody_stays_text(network: Network, provider: BlueskyProvider) -> None:
    stores(network)
    network.refuses("com.atproto.identity.resolveHandle", "InvalidRequest")

    provider.publish(replace(POST, text="Met @niemand.test en @niemand.test"))

    assert "facets" not in network.record
    assert network.calls.count("com.atproto.identity.resolveHandle") == 1


def test_a_mention_that_cannot_be_looked_up_now_keeps_the_message_for_later(
    network: Network, provider: BlueskyProvider
) -> None:
    network.refuses("com.atproto.identity.resolveHandle", "InternalServerError", 500)

    with pytest.raises(ProviderError) as raised:
        provider.publish(replace(POST, text="Met @lena.test"))

    assert raised.value.failure is Failure.TEMPORARY
    assert "com.atproto.repo.putRecord" not in network.calls


# --- what is never sent ----------------------------------------------------------------------------


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
    network: Network, provider: BlueskyProvider, changes: dict[str, Any], field: str
) -> None:
    post = replace(POST, **changes)

    [problem] = provider.problems(post)
    with pytest.raises(ProviderError) as raised:
        provider.publish(post)

    assert problem.field == field
    assert raised.value.failure is Failure.PERMANENT
    assert str(raised.value) == str(problem.message)
    assert network.calls == []


def test_a_draft_whose_picture_is_not_read_yet_has_no_problem() -> None:
    assert BlueskyProvider.problems(replace(POST, images=(replace(photo(), content=b""),))) == []


def test_an_image_that_breaks_off_is_refused(network: Network, provider: BlueskyProvider) -> None:
    cut = replace(photo(400, 300), content=photo(400, 300).content[:3_000])

    with pytest.raises(ProviderError) as raised:
        provider.publish(replace(POST, images=(cut,)))

    assert raised.value.failure is Failure.PERMANENT
    assert "com.atproto.repo.putRecord" not in network.calls


# --- sessions --------------------------------------------------------------------------------------


def test_one_sign_in_serves_many_calls(network: Network) -> None:
    stores(network)
    saved: list[dict[str, str]] = []
    session = Session(save=lambda tokens: saved.append(dict(tokens)))

    for _turn in range(3):
        BlueskyProvider(CREDENTIALS, session).publish(POST)

    assert network.calls.count("com.atproto.server.createSession") == 1
    assert network.sent("com.atproto.server.createSession") == {
        "identifier": "limburg.test",
        "password": "abcd-efgh-ijkl-mnop",
    }
    assert len(saved) == 1
    assert "abcd-efgh-ijkl-mnop" not in saved[0].values()
    assert network.requests("com.atproto.repo.putRecord")[-1].headers["Authorization"] == "Bearer access-1"


@pytest.mark.parametrize(
    ("error", "status"), [("ExpiredToken", 400), ("InvalidToken", 400), ("AuthMissing", 401)]
)
def test_a_refused_token_is_refreshed_once_and_the_call_made_again(
    network: Network, provider: BlueskyProvider, error: str, status: int
) -> None:
    network.refuses("com.atproto.repo.putRecord", error, status)
    stores(network)
    network.answers(
        "com.atproto.server.refreshSession", {**SESSION, "accessJwt": "access-2", "refreshJwt": "refresh-2"}
    )

    provider.publish(POST)

    [refresh] = network.requests("com.atproto.server.refreshSession")
    assert refresh.headers["Authorization"] == "Bearer refresh-1"
    assert network.requests("com.atproto.repo.putRecord")[-1].headers["Authorization"] == "Bearer access-2"
    assert provider.session.tokens["refresh"] == "refresh-2"


def test_when_refreshing_is_refused_the_password_signs_in(
    network: Network, provider: BlueskyProvider
) -> None:
    network.refuses("com.atproto.repo.putRecord", "ExpiredToken")
    stores(network)
    network.refuses("com.atproto.server.refreshSession", "ExpiredToken")

    provider.publish(POST)

    assert network.calls == [
        "com.atproto.server.createSession",
        "com.atproto.repo.putRecord",
        "com.atproto.server.refreshSession",
        "com.atproto.server.createSession",
        "com.atproto.repo.putRecord",
    ]


def test_a_token_that_is_refused_again_at_once_concerns_the_account(
    network: Network, provider: BlueskyProvider
) -> None:
    network.refuses("com.atproto.repo.putRecord", "ExpiredToken")
    network.answers("com.atproto.server.refreshSession", SESSION)

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.failure is Failure.ACCOUNT
    assert network.calls.count("com.atproto.repo.putRecord") == 2


def test_a_server_that_is_down_while_refreshing_does_not_cost_a_sign_in(
    network: Network, provider: BlueskyProvider
) -> None:
    network.refuses("com.atproto.repo.putRecord", "ExpiredToken")
    network.refuses("com.atproto.server.refreshSession", "InternalServerError", 502)

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.failure is Failure.TEMPORARY
    assert network.calls.count("com.atproto.server.createSession") == 1


@pytest.mark.parametrize(
    "changes",
    [{"identifier": "other.test"}, {"service": "https://pds.example.org"}],
    ids=["account", "server"],
)
def test_tokens_are_never_sent_for_another_account_or_to_another_server(
    network: Network, provider: BlueskyProvider, changes: dict[str, str]
) -> None:
    provider.verify()
    for method in ("com.atproto.server.createSession", "com.atproto.repo.getRecord"):
        verb = "POST" if "create" in method else "GET"
        answer = {**SESSION, "accessJwt": "access-9", "uri": URI, "value": {}}
        network.mock.add(verb, address(method, "https://pds.example.org"), json=answer)
        network.mock.add(verb, address(method), json=answer)

    with pytest.raises(ProviderError):
        BlueskyProvider({**CREDENTIALS, **changes}, provider.session).find(POST)

    [look] = network.requests("com.atproto.repo.getRecord")
    assert look.headers["Authorization"] == "Bearer access-9"


def test_verifying_asks_the_password_even_when_there_is_a_session(
    network: Network, provider: BlueskyProvider
) -> None:
    assert provider.verify() == "@limburg.test"
    assert provider.verify() == "@limburg.test"

    assert network.calls.count("com.atproto.server.createSession") == 2


@pytest.mark.parametrize(
    ("status", "content", "failure"),
    [
        (
            401,
            {"error": "AuthenticationRequired", "message": "Invalid identifier or password"},
            Failure.ACCOUNT,
        ),
        (401, {"error": "AuthFactorTokenRequired"}, Failure.ACCOUNT),
        (401, {"error": "AccountTakedown"}, Failure.ACCOUNT),
        (400, {"error": "InvalidRequest"}, Failure.ACCOUNT),
        (404, {}, Failure.ACCOUNT),
        (200, {**SESSION, "active": False, "status": "deactivated"}, Failure.ACCOUNT),
        (200, {**SESSION, "did": None}, Failure.TEMPORARY),
        (200, {"error": "oops"}, Failure.TEMPORARY),
        (500, {}, Failure.TEMPORARY),
        (429, {"error": "RateLimitExceeded"}, Failure.TEMPORARY),
    ],
)
def test_why_signing_in_fails(status: int, content: dict[str, Any], failure: Failure) -> None:
    with responses.RequestsMock() as mock:
        mock.add("POST", address("com.atproto.server.createSession"), json=content, status=status)
        provider = BlueskyProvider(CREDENTIALS)

        with pytest.raises(ProviderError) as raised:
            provider.verify()

    assert raised.value.failure is failure
    assert provider.session.tokens == {}


@pytest.mark.parametrize("missing", ["identifier", "password"])
def test_without_handle_or_password_nothing_is_called(network: Network, missing: str) -> None:
    with pytest.raises(ProviderError) as raised:
        BlueskyProvider({**CREDENTIALS, missing: " "}).verify()

    assert raised.value.failure is Failure.ACCOUNT
    assert network.calls == []


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("", "https://bsky.social"),
        (" pds.example.org ", "https://pds.example.org"),
        ("https://pds.example.org/", "https://pds.example.org"),
        ("https://pds.example.org/xrpc/x?y#z", "https://pds.example.org"),
    ],
)
def test_a_server_address_is_understood_as_people_type_it(typed: str, called: str) -> None:
    with responses.RequestsMock() as mock:
        mock.add("POST", address("com.atproto.server.createSession", called), json=SESSION)

        assert BlueskyProvider({**CREDENTIALS, "service": typed}).verify() == "@limburg.test"


# --- what goes wrong -------------------------------------------------------------------------------


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
    network: Network, provider: BlueskyProvider, answer: dict[str, Any], failure: Failure
) -> None:
    network.answers("com.atproto.repo.putRecord", **answer)

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.failure is failure
    assert network.calls.count("com.atproto.repo.putRecord") == 1
    assert "Bluesky" in str(raised.value)


def test_a_failure_before_the_message_is_sent_is_temporary(
    network: Network, provider: BlueskyProvider
) -> None:
    network.mock.replace("POST", address("com.atproto.repo.uploadBlob"), body=requests.ReadTimeout())

    with pytest.raises(ProviderError) as raised:
        provider.publish(replace(POST, images=(photo(),)))

    assert raised.value.failure is Failure.TEMPORARY


def test_a_network_that_asks_to_wait_says_how_long(network: Network, provider: BlueskyProvider) -> None:
    network.refuses("com.atproto.repo.putRecord", "RateLimitExceeded", 429, headers={"Retry-After": "90"})

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.retry_after == 90


def test_neither_the_message_nor_the_detail_holds_a_secret(
    network: Network, provider: BlueskyProvider
) -> None:
    words = {"error": "InvalidRequest", "message": "abcd-efgh-ijkl-mnop access-1 refresh-1 " + "x" * 1_000}
    network.answers("com.atproto.repo.putRecord", words, 400)

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    told = f"{raised.value} {raised.value.detail}"
    assert "InvalidRequest" in raised.value.detail
    assert len(raised.value.detail) <= 300
    assert not any(secret in told for secret in ("abcd-efgh", "access-1", "refresh-1"))


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_a_failure_is_told_in_the_language_of_whoever_reads_it(
    network: Network, provider: BlueskyProvider, language: str
) -> None:
    network.refuses("com.atproto.repo.putRecord", "InternalServerError", 500)

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    with override("en"):
        english = str(raised.value)
    with override(language):
        assert str(raised.value) != english


# --- looking, taking down, measuring ---------------------------------------------------------------


STORED = {"text": POST.text, "createdAt": "2026-03-01T12:00:00.000Z"}


def test_our_key_being_taken_by_this_message_means_it_is_there(
    network: Network, provider: BlueskyProvider
) -> None:
    network.refuses("com.atproto.repo.putRecord", "InvalidSwap")
    network.answers("com.atproto.repo.getRecord", {"uri": URI, "cid": CID, "value": STORED})

    assert provider.publish(POST).remote_id == URI


@pytest.mark.parametrize("change", [{"text": "Iets anders"}, {"createdAt": "2026-03-01T12:00:00.001Z"}])
def test_our_key_being_taken_by_another_message_is_permanent(
    network: Network, provider: BlueskyProvider, change: dict[str, str]
) -> None:
    network.refuses("com.atproto.repo.putRecord", "InvalidSwap")
    network.answers("com.atproto.repo.getRecord", {"uri": URI, "cid": CID, "value": {**STORED, **change}})

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.failure is Failure.PERMANENT


def test_our_key_being_taken_and_free_again_is_tried_later(
    network: Network, provider: BlueskyProvider
) -> None:
    network.refuses("com.atproto.repo.putRecord", "InvalidSwap")
    network.refuses("com.atproto.repo.getRecord", "RecordNotFound")

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.failure is Failure.TEMPORARY


def test_looking_finds_what_is_there(network: Network, provider: BlueskyProvider) -> None:
    network.answers("com.atproto.repo.getRecord", {"uri": URI, "cid": CID, "value": STORED})

    found = provider.find(POST)

    assert found is not None
    assert found.remote_id == URI
    asked = parse_qs(urlsplit(str(network.requests("com.atproto.repo.getRecord")[0].url)).query)
    assert asked == {"repo": [DID], "collection": ["app.bsky.feed.post"], "rkey": [KEY]}


def test_looking_finds_nothing_only_when_the_server_says_so(
    network: Network, provider: BlueskyProvider
) -> None:
    network.refuses("com.atproto.repo.getRecord", "RecordNotFound")
    network.refuses("com.atproto.repo.getRecord", "InvalidRequest")
    network.answers("com.atproto.repo.getRecord", {"uri": URI})

    assert provider.find(POST) is None
    for _turn in range(2):
        with pytest.raises(ProviderError):
            provider.find(POST)


def test_taking_down_names_the_record(network: Network, provider: BlueskyProvider) -> None:
    network.answers("com.atproto.repo.deleteRecord")

    provider.delete(URI)

    check_model(network.sent("com.atproto.repo.deleteRecord"), models.ComAtprotoRepoDeleteRecord.Data)
    assert network.sent("com.atproto.repo.deleteRecord")["rkey"] == KEY


@pytest.mark.parametrize("error", [requests.ReadTimeout(), requests.ConnectionError("reset")])
def test_taking_down_without_an_answer_can_simply_be_repeated(
    network: Network, provider: BlueskyProvider, error: Exception
) -> None:
    network.answers("com.atproto.repo.deleteRecord", body=error)

    with pytest.raises(ProviderError) as raised:
        provider.delete(URI)

    assert raised.value.failure is Failure.TEMPORARY


@pytest.mark.parametrize(
    "remote_id", [URI.replace("ewvi", "abcd"), "sleutel", "", f"at://{DID}/app.bsky.graph.follow/{KEY}"]
)
def test_only_this_accounts_posts_are_taken_down(
    network: Network, provider: BlueskyProvider, remote_id: str
) -> None:
    with pytest.raises(ProviderError) as raised:
        provider.delete(remote_id)

    assert raised.value.failure is Failure.PERMANENT
    assert "com.atproto.repo.deleteRecord" not in network.calls


def test_figures_keep_their_own_names_and_missing_is_not_zero(
    network: Network, provider: BlueskyProvider
) -> None:
    other = URI.replace(KEY, "3mfyqsgpjzs2b")
    views = [
        {"uri": URI, "likeCount": 3, "repostCount": 0, "replyCount": 1, "quoteCount": 2, "bookmarkCount": 9},
        {"uri": other, "likeCount": 1, "repostCount": None, "replyCount": -1, "quoteCount": True},
        {"uri": "at://did:plc:someone/app.bsky.feed.post/else", "likeCount": 8},
        "nonsense",
    ]
    network.answers("app.bsky.feed.getPosts", {"posts": views})

    figures = provider.fetch_metrics([URI, other, "no uri", URI, URI.replace(KEY, "3mfyqsgpjzs2c")])

    assert figures == {URI: {"likes": 3, "reposts": 0, "replies": 1, "quotes": 2}, other: {"likes": 1}}
    asked = parse_qs(urlsplit(str(network.requests("app.bsky.feed.getPosts")[0].url)).query)
    assert asked["uris"] == [URI, other, URI.replace(KEY, "3mfyqsgpjzs2c")]


def test_figures_of_fifty_one_messages_take_three_calls(network: Network, provider: BlueskyProvider) -> None:
    network.answers("app.bsky.feed.getPosts", {"posts": []})
    uris = [URI.replace(KEY, f"key{number}") for number in range(51)]

    assert provider.fetch_metrics(uris) == {}

    asked = [
        len(parse_qs(urlsplit(str(request.url)).query)["uris"])
        for request in network.requests("app.bsky.feed.getPosts")
    ]
    assert asked == [25, 25, 1]


def test_no_messages_take_no_call(network: Network, provider: BlueskyProvider) -> None:
    assert provider.fetch_metrics([]) == {}
    assert network.calls == []


def test_figures_that_cannot_be_read_are_asked_for_later(network: Network, provider: BlueskyProvider) -> None:
    network.answers("app.bsky.feed.getPosts", {"error": "UpstreamFailure"})

    with pytest.raises(ProviderError) as raised:
        provider.fetch_metrics([URI])

    assert raised.value.failure is Failure.TEMPORARY


# --- keys ------------------------------------------------------------------------------------------


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
    assert len({BlueskyProvider.new_idempotency_key(NOW) for _turn in range(1_000)}) == 1_000
