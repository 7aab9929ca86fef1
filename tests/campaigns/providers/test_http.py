"""The way out to networks, against servers that misbehave."""

from __future__ import annotations

import gzip
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from campaigns.providers.base import Failure
from campaigns.providers.http import MAX_ANSWER_BYTES, Answer, HttpClient, Timeouts
from tests.campaigns.providers.bad_server import (
    Script,
    answering,
    failure_of,
    resetting,
    saying,
    self_signed,
    serving,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def private_addresses(settings: Settings) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True


def test_an_answer_comes_back_with_status_headers_and_body() -> None:
    with serving(answering("201 Created", b'{"id": 1}', "X-Thing: 7")) as server:
        answer = HttpClient("Testnet").send(
            "GET", f"{server.address}/path", params=[("q", "a b"), ("q", "é")]
        )

    assert (answer.status, answer.json_object(), answer.headers["x-thing"]) == (201, {"id": 1}, "7")
    assert server.requests[0].startswith(b"GET /path?q=a+b&q=%C3%A9 HTTP/1.1\r\n")
    assert b"\r\nUser-Agent: Drieklank/" in server.requests[0]


def test_a_server_that_is_not_there_was_sent_nothing() -> None:
    with serving(answering()) as server:
        address = server.address

    assert failure_of(address, writing=True).failure is Failure.TEMPORARY


def test_a_name_that_does_not_exist_was_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    assert failure_of("https://nowhere.example", writing=True).failure is Failure.TEMPORARY


def drip(connection: socket.socket, pause: threading.Event) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 600:
        connection.sendall(bytes([byte]))
        pause.wait(0.01)


AFTER_SENDING: dict[str, Script] = {
    "closes without a word": lambda connection: None,
    "resets the connection": resetting,
    "hangs": lambda connection: (connection.recv(1), None)[1],
    "drips its answer": lambda connection: drip(connection, threading.Event()),
    "stops in the middle": saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
    "stops in the middle of a chunk": saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"),
    "speaks another language": saying(b"220 mail.example ESMTP\r\n"),
    "sends a broken gzip": answering("200 OK", b"not gzip", "Content-Encoding: gzip"),
    "sends too much": answering("200 OK", b" " * (MAX_ANSWER_BYTES + 1)),
    "sends a small answer that unpacks to too much": answering(
        "200 OK", gzip.compress(b" " * (MAX_ANSWER_BYTES * 50)), "Content-Encoding: gzip"
    ),
}


@pytest.mark.parametrize("script", AFTER_SENDING.values(), ids=AFTER_SENDING.keys())
@pytest.mark.parametrize(("writing", "failure"), [(True, Failure.UNKNOWN), (False, Failure.TEMPORARY)])
def test_a_request_that_may_have_arrived_is_unknown_when_it_writes(
    script: Script, writing: bool, failure: Failure
) -> None:
    with serving(script) as server:
        error = failure_of(server.address, writing=writing)

    assert error.failure is failure
    assert len(server.requests) == 1


def test_an_answer_of_exactly_the_largest_size_is_read() -> None:
    with serving(answering("200 OK", b" " * MAX_ANSWER_BYTES)) as server:
        assert len(HttpClient("Testnet").send("GET", server.address).body) == MAX_ANSWER_BYTES


def test_a_redirect_is_not_followed() -> None:
    with serving(answering()) as elsewhere:
        with serving(answering("307 Temporary Redirect", b"", f"Location: {elsewhere.address}")) as server:
            answer = HttpClient("Testnet").send("POST", server.address, json={"password": "geheim"})

        assert answer.status == 307
        assert elsewhere.requests == []


def test_a_certificate_nobody_vouches_for_stops_the_call_before_anything_is_sent(tmp_path: Path) -> None:
    with serving(answering(), tls=self_signed(tmp_path)) as server:
        error = failure_of(server.address, writing=True, timeouts=Timeouts())

    assert error.failure is Failure.TEMPORARY
    assert server.requests == []


def test_neither_a_proxy_nor_netrc_of_the_environment_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password geheim\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with serving(answering()) as proxy, serving(answering()) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        monkeypatch.setenv("no_proxy", "")
        HttpClient("Testnet").send("GET", server.address)

    assert proxy.requests == []
    assert b"authorization" not in server.requests[0].lower()


def test_a_token_in_the_address_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with serving(resetting) as server:
        error = failure_of(f"{server.address}/me?access_token=geheim", writing=False)

    assert "127.0.0.1" in caplog.text
    assert "geheim" not in caplog.text + str(error)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "120"}, 120),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"Retry-After": "Sun, 01 Mar 2026 12:01:00 GMT"}, 60),
        ({"Retry-After": "-5"}, 0),
        ({"Retry-After": "999999999"}, 86_400),
        ({"Retry-After": "soon", "RateLimit-Reset": "30"}, 30),
        ({"RateLimit-Reset": str(int(NOW.timestamp()) + 90)}, 90),
        ({"X-RateLimit-Reset": "2026-03-01T12:00:10.500Z"}, 10.5),
        ({"X-RateLimit-Reset": "2026-03-01T12:00:10"}, 10),
        ({"X-RateLimit-Reset": "2026-03-01T13:00:10+01:00"}, 10),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "inf"}, None),
    ],
)
def test_how_long_to_wait_is_read_in_every_notation(headers: dict[str, str], seconds: float | None) -> None:
    answer = Answer(429, requests.structures.CaseInsensitiveDict(headers), b"")

    assert answer.retry_after(NOW) == seconds


@given(st.text())
def test_no_header_a_server_can_send_breaks_reading_it(value: str) -> None:
    seconds = Answer(429, {"Retry-After": value}, b"").retry_after(NOW)

    assert seconds is None or 0 <= seconds <= 86_400


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b'"text"', b"null", b"\xff{}", b"[" * 100_000, b'{"a": 1', b"\xef\xbb\xbf{}"],
)
def test_a_body_that_is_no_json_object_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"JSON|Expecting|decode|nested|BOM"):
        Answer(200, {}, body).json_object()


@pytest.mark.parametrize(
    ("status", "when_writing", "when_reading"),
    [
        (400, Failure.PERMANENT, Failure.PERMANENT),
        (401, Failure.ACCOUNT, Failure.ACCOUNT),
        (403, Failure.ACCOUNT, Failure.ACCOUNT),
        (404, Failure.PERMANENT, Failure.PERMANENT),
        (408, Failure.UNKNOWN, Failure.TEMPORARY),
        (413, Failure.PERMANENT, Failure.PERMANENT),
        (429, Failure.TEMPORARY, Failure.TEMPORARY),
        (301, Failure.ACCOUNT, Failure.ACCOUNT),
        (500, Failure.UNKNOWN, Failure.TEMPORARY),
        (503, Failure.UNKNOWN, Failure.TEMPORARY),
        (200, Failure.UNKNOWN, Failure.TEMPORARY),
    ],
)
def test_what_a_status_means(status: int, when_writing: Failure, when_reading: Failure) -> None:
    client, answer = HttpClient("Testnet"), Answer(status, {"Retry-After": "7"}, b"")

    assert client.refusal(answer, writing=True).failure is when_writing
    assert client.refusal(answer).failure is when_reading
    assert client.refusal(answer).retry_after == (7 if status in (429, 503) else None)
