"""How the Bluesky provider signs in, and how seldom."""

from __future__ import annotations

from typing import Any

import pytest
import responses

from campaigns.providers.base import Failure, ProviderError, Session
from campaigns.providers.bluesky import BlueskyProvider
from tests.campaigns.providers.fake_pds import CREDENTIALS, POST, SESSION, URI, FakePds, address


def test_one_sign_in_serves_many_calls(pds: FakePds) -> None:
    pds.stores_the_message()
    saved: list[dict[str, str]] = []
    session = Session(save=lambda tokens: saved.append(dict(tokens)))

    for _turn in range(3):
        BlueskyProvider(CREDENTIALS, session).publish(POST)

    assert pds.calls.count("com.atproto.server.createSession") == 1
    assert pds.sent("com.atproto.server.createSession") == {
        "identifier": "limburg.test",
        "password": "abcd-efgh-ijkl-mnop",
    }
    assert len(saved) == 1
    assert "abcd-efgh-ijkl-mnop" not in saved[0].values()
    assert pds.requests("com.atproto.repo.putRecord")[-1].headers["Authorization"] == "Bearer access-1"


@pytest.mark.parametrize(
    ("error", "status"), [("ExpiredToken", 400), ("InvalidToken", 400), ("AuthMissing", 401)]
)
def test_a_refused_token_is_refreshed_once_and_the_call_made_again(
    pds: FakePds, provider: BlueskyProvider, error: str, status: int
) -> None:
    pds.refuses("com.atproto.repo.putRecord", error, status)
    pds.stores_the_message()
    pds.answers(
        "com.atproto.server.refreshSession", {**SESSION, "accessJwt": "access-2", "refreshJwt": "refresh-2"}
    )

    provider.publish(POST)

    [refresh] = pds.requests("com.atproto.server.refreshSession")
    assert refresh.headers["Authorization"] == "Bearer refresh-1"
    assert pds.requests("com.atproto.repo.putRecord")[-1].headers["Authorization"] == "Bearer access-2"
    assert provider.session.tokens["refresh"] == "refresh-2"


def test_when_refreshing_is_refused_the_password_signs_in(pds: FakePds, provider: BlueskyProvider) -> None:
    pds.refuses("com.atproto.repo.putRecord", "ExpiredToken")
    pds.stores_the_message()
    pds.refuses("com.atproto.server.refreshSession", "ExpiredToken")

    provider.publish(POST)

    assert pds.calls == [
        "com.atproto.server.createSession",
        "com.atproto.repo.putRecord",
        "com.atproto.server.refreshSession",
        "com.atproto.server.createSession",
        "com.atproto.repo.putRecord",
    ]


def test_a_token_that_is_refused_again_at_once_concerns_the_account(
    pds: FakePds, provider: BlueskyProvider
) -> None:
    pds.refuses("com.atproto.repo.putRecord", "ExpiredToken")
    pds.answers("com.atproto.server.refreshSession", SESSION)

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.failure is Failure.ACCOUNT
    assert pds.calls.count("com.atproto.repo.putRecord") == 2


def test_a_server_that_is_down_while_refreshing_does_not_cost_a_sign_in(
    pds: FakePds, provider: BlueskyProvider
) -> None:
    pds.refuses("com.atproto.repo.putRecord", "ExpiredToken")
    pds.refuses("com.atproto.server.refreshSession", "InternalServerError", 502)

    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)

    assert raised.value.failure is Failure.TEMPORARY
    assert pds.calls.count("com.atproto.server.createSession") == 1


@pytest.mark.parametrize(
    "changes",
    [{"identifier": "other.test"}, {"service": "https://pds.example.org"}],
    ids=["account", "server"],
)
def test_tokens_are_never_sent_for_another_account_or_to_another_server(
    pds: FakePds, provider: BlueskyProvider, changes: dict[str, str]
) -> None:
    provider.verify()
    for method in ("com.atproto.server.createSession", "com.atproto.repo.getRecord"):
        verb = "POST" if "create" in method else "GET"
        answer = {**SESSION, "accessJwt": "access-9", "uri": URI, "value": {}}
        pds.mock.add(verb, address(method, "https://pds.example.org"), json=answer)
        pds.mock.add(verb, address(method), json=answer)

    with pytest.raises(ProviderError):
        BlueskyProvider({**CREDENTIALS, **changes}, provider.session).find(POST)

    [look] = pds.requests("com.atproto.repo.getRecord")
    assert look.headers["Authorization"] == "Bearer access-9"


def test_verifying_asks_the_password_even_when_there_is_a_session(
    pds: FakePds, provider: BlueskyProvider
) -> None:
    assert provider.verify() == "@limburg.test"
    assert provider.verify() == "@limburg.test"

    assert pds.calls.count("com.atproto.server.createSession") == 2


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
def test_without_handle_or_password_nothing_is_called(pds: FakePds, missing: str) -> None:
    with pytest.raises(ProviderError) as raised:
        BlueskyProvider({**CREDENTIALS, missing: " "}).verify()

    assert raised.value.failure is Failure.ACCOUNT
    assert pds.calls == []


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
