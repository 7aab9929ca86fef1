"""The way out to networks, against servers on this machine that misbehave in every way met so far."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from campaigns.providers import addresses
from campaigns.providers.addresses import is_public
from campaigns.providers.base import Failure, ProviderError
from campaigns.providers.http import MAX_ANSWER_BYTES, Answer, HttpClient, Timeouts

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
QUICK = Timeouts(connect=2, read=0.3, total=0.8)
LOOK_UP = socket.getaddrinfo  # as it is outside of tests

Script = Callable[[socket.socket], None]


@pytest.fixture(autouse=True)
def private_addresses(settings: Settings) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True


class Server:
    """Reads one request per connection, keeps it, and then does what ``script`` says."""

    def __init__(
        self, script: Script, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self.requests: list[bytes] = []
        self.stopped = threading.Event()
        self._script = script
        self._tls = tls
        self._listener = socket.create_server((host, port))
        self._listener.settimeout(0.05)
        self.port = self._listener.getsockname()[1]
        self.address = f"{'https' if tls else 'http'}://{host}:{self.port}"

    @contextmanager
    def running(self) -> Iterator[Server]:
        thread = threading.Thread(target=self._serve, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.stopped.set()
            thread.join()
            self._listener.close()

    def _serve(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _address = self._listener.accept()
            except TimeoutError:
                continue
            with connection:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(2)
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            received = b""
            while b"\r\n\r\n" not in received:
                part = connection.recv(65_536)
                if not part:
                    return
                received += part
            self.requests.append(received)
            self._script(connection)
        except OSError:
            pass  # the client has gone, which is what some tests are about


def answering(status: str = "200 OK", body: bytes = b"{}", *headers: str) -> Script:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return lambda connection: connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)


def saying(raw: bytes) -> Script:
    return lambda connection: connection.sendall(raw)


def resetting(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@contextmanager
def serving(script: Script, **options: Any) -> Iterator[Server]:
    with Server(script, **options).running() as server:
        yield server


def failure_of(url: str, *, writing: bool, timeouts: Timeouts = QUICK) -> ProviderError:
    with pytest.raises(ProviderError) as raised:
        HttpClient("Testnet", timeouts).send("POST", url, writing=writing, json={"text": "hallo"})
    assert "Testnet" in str(raised.value)
    return raised.value


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


def self_signed(folder: Path, greeted: list[str] | None = None) -> ssl.SSLContext:
    """A server's TLS with a certificate of its own making; ``greeted`` gets the names clients ask for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    if greeted is not None:
        context.sni_callback = lambda sock, host, context: greeted.append(host)
    return context
