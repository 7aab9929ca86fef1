"""Only the public internet is called, whatever a person types and a name server says."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from campaigns.providers.base import Failure
from campaigns.providers.http import HttpClient
from core import addresses
from core.addresses import is_public
from tests.campaigns.providers.bad_server import Server, answering, failure_of, self_signed, serving

LOOK_UP = socket.getaddrinfo  # as it is outside of tests


@pytest.fixture(autouse=True)
def private_addresses(settings: Settings) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104
     "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "fec0::1", "::ffff:127.0.0.1",
     "::127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1"],
)  # fmt: skip
def test_an_inner_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "2620:fe::9", "64:ff9b::909:909", "::ffff:9.9.9.9", "2002:909:909::"]
)
def test_an_outer_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"])
def test_a_server_on_this_machine_is_not_called(
    host: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = False
    monkeypatch.setattr(socket, "getaddrinfo", LOOK_UP)
    with serving(answering()) as server:
        error = failure_of(f"https://{host}:{server.port}/", writing=True)

    assert error.failure is Failure.ACCOUNT
    assert server.requests == []


def resolving(*answers: list[str]) -> Callable[..., list[Any]]:
    """A ``getaddrinfo`` that gives the next of ``answers`` each time it is asked."""
    remaining = iter(answers)

    def resolve(host: str, port: int, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(remaining)]

    return resolve


def test_one_inner_address_among_outer_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = False
    monkeypatch.setattr(socket, "getaddrinfo", resolving(["9.9.9.9", "10.0.0.1"]))
    monkeypatch.setattr(socket.socket, "connect", lambda *args: pytest.fail("connected"))

    assert failure_of("https://two.example", writing=True).failure is Failure.ACCOUNT


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = False
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.2")
    greeted: list[str] = []
    with (
        Server(answering(), host="127.0.0.2", tls=self_signed(tmp_path, greeted)).running() as outer,
        Server(answering(), port=outer.port).running(),
    ):
        # A name server that shows a public address first and an inner one ever after.
        monkeypatch.setattr(socket, "getaddrinfo", resolving(["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]))
        failure_of(f"https://rebinding.example:{outer.port}", writing=True)

    assert greeted == ["rebinding.example"]


def test_the_next_address_is_tried_when_the_first_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answering()) as server:
        monkeypatch.setattr(socket, "getaddrinfo", resolving(["127.0.0.3", "127.0.0.1"]))
        assert HttpClient("Testnet").send("GET", f"http://two.example:{server.port}").status == 200


@pytest.mark.parametrize(
    "url",
    ["http://bsky.social/", "ftp://bsky.social/", "https:///xrpc", "https://user:secret@bsky.social/", "https://[::1",
     "https://bsky.social:port/", "https://bsky.social:0/", "bsky.social", ""],
)  # fmt: skip
def test_what_is_no_public_web_address_is_never_called(
    url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = False
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: pytest.fail("looked up"))

    error = failure_of(url, writing=True)

    assert error.failure is Failure.ACCOUNT
    assert "secret" not in str(error)


def test_a_name_too_long_to_exist_was_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", LOOK_UP)

    error = failure_of(f"https://{'a' * 70}.example/", writing=True)

    assert error.failure is not Failure.UNKNOWN
