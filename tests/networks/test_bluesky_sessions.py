"""Signing in at a real PDS, with tokens that expire and passwords that are wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable

import pytest

from campaigns.providers.base import Failure, ProviderError, Session
from campaigns.providers.bluesky import BlueskyProvider
from tests.networks.bluesky_network import BlueskyAccount, BlueskyNetwork
from tests.networks.messages import message
from tests.networks.proxy import AnswerLosingProxy


def expired(token: str, secret: str) -> str:
    """``token`` as it would be two hours later: the same claims, signed, with its time over."""

    def encode(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    header, payload, _signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    claims |= {"iat": claims["iat"] - 10_000, "exp": claims["iat"] - 2_800}
    signed = f"{header}.{encode(json.dumps(claims).encode())}"
    signature = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{encode(signature)}"


def test_an_expired_token_is_refreshed_without_the_password(
    bluesky: BlueskyNetwork, losing_proxy: AnswerLosingProxy, account: BlueskyAccount
) -> None:
    saved: list[dict[str, str]] = []
    session = Session(save=lambda tokens: saved.append(dict(tokens)))
    credentials = {**account.credentials, "service": losing_proxy.address}
    BlueskyProvider(credentials, session).verify()
    session.tokens["access"] = expired(session.tokens["access"], bluesky.jwt_secret)
    losing_proxy.calls.clear()

    BlueskyProvider(credentials, session).publish(message())

    assert losing_proxy.calls == [
        "com.atproto.repo.putRecord",
        "com.atproto.server.refreshSession",
        "com.atproto.repo.putRecord",
    ]
    assert len(bluesky.records(account)) == 1
    assert saved[-1] == session.tokens


@pytest.mark.parametrize("spoil", [lambda token, secret: "no.token.atall", expired])
def test_a_session_that_cannot_be_refreshed_is_made_anew(
    bluesky: BlueskyNetwork, account: BlueskyAccount, spoil: Callable[[str, str], str]
) -> None:
    session = Session()
    BlueskyProvider(account.credentials, session).verify()
    for name in ("access", "refresh"):
        session.tokens[name] = spoil(session.tokens[name], bluesky.jwt_secret)

    BlueskyProvider(account.credentials, session).publish(message())

    assert len(bluesky.records(account)) == 1


def test_a_wrong_password_concerns_the_account(account: BlueskyAccount) -> None:
    provider = BlueskyProvider({**account.credentials, "password": "nope-nope-nope-nope"})

    for call in (provider.verify, lambda: provider.publish(message())):
        with pytest.raises(ProviderError) as refused:
            call()
        assert refused.value.failure is Failure.ACCOUNT
        assert "nope" not in str(refused.value) + refused.value.detail


def test_an_app_password_that_was_revoked_concerns_the_account(
    bluesky: BlueskyNetwork, account: BlueskyAccount
) -> None:
    session = Session()
    BlueskyProvider(account.credentials, session).verify()
    bluesky.call(
        "POST", "com.atproto.server.revokeAppPassword", token=account.access_token, json={"name": "tests"}
    )
    session.tokens["access"] = expired(session.tokens["access"], bluesky.jwt_secret)

    with pytest.raises(ProviderError) as refused:
        BlueskyProvider(account.credentials, session).publish(message())

    assert refused.value.failure is Failure.ACCOUNT
    assert bluesky.records(account) == []


def test_signing_in_too_often_says_how_long_to_wait(account: BlueskyAccount) -> None:
    provider = BlueskyProvider(account.credentials)

    with pytest.raises(ProviderError) as refused:
        for _turn in range(31):
            provider.verify()

    assert refused.value.failure is Failure.TEMPORARY
    assert refused.value.retry_after is not None
    assert 0 < refused.value.retry_after <= 300
