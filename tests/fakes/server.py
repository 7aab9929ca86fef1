"""Social networks on this machine: they speak the real ones' APIs, keep what they accept, and misbehave on request.

One HTTP server on 127.0.0.1. The first part of a path names the network; paths without a name are those of
Mastodon and Bluesky, whose accounts have a server address of their own.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Request:
    network: str
    method: str
    path: str  # below the network's name, without the query
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.body or b"{}"))

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form, of either kind; files by their name are left out."""
        if self.kind == "application/x-www-form-urlencoded":
            return dict(parse_qsl(self.body.decode(), keep_blank_values=True))
        return {name: value.decode() for name, (value, filename) in self._parts().items() if not filename}

    @property
    def files(self) -> dict[str, bytes]:
        return {name: value for name, (value, filename) in self._parts().items() if filename}

    @property
    def fields(self) -> dict[str, str]:
        """What was asked, wherever it stood."""
        return {**self.query, **(self.form if self.kind != "application/json" else {})}

    @property
    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ") or self.fields.get(
            "access_token", ""
        )

    def _parts(self) -> dict[str, tuple[bytes, str]]:
        if self.kind != "multipart/form-data":
            return {}
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        message = BytesParser(policy=HTTP).parsebytes(head + self.body)
        return {
            str(part.get_param("name", header="content-disposition")): (
                bytes(part.get_payload(decode=True) or b""),
                part.get_filename() or "",
            )
            for part in message.iter_parts()
        }


@dataclass
class Reply:
    content: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        if isinstance(self.content, bytes):
            return self.content
        return b"" if self.content is None else json.dumps(self.content).encode()


@dataclass
class Stored:
    """A message that people can see on the network."""

    id: str
    text: str
    created_at: datetime
    content: dict[str, Any]


class FakeNetwork:
    """What one network keeps, and how it answers when nothing is wrong."""

    name: str
    token = "token-1"
    numbers = count(10_000_001)

    def __init__(self) -> None:
        self.posts: dict[str, Stored] = {}
        self.drafts: dict[str, dict[str, Any]] = {}  # containers, pictures: what nobody sees yet
        self.accepted: list[Stored] = []  # everything that ever stood there, removed or not
        self.removed: list[str] = []
        self.tokens = {self.token}
        self.refreshable: dict[str, str] = {}
        self.lock = threading.RLock()

    def new_id(self) -> str:
        return str(next(self.numbers))

    def store(self, text: str, content: dict[str, Any]) -> Stored:
        with self.lock:
            stored = Stored(self.new_id(), text, datetime.now(UTC), content)
            self.posts[stored.id] = stored
            self.accepted.append(stored)
            return stored

    def newest_first(self) -> list[Stored]:
        with self.lock:
            return sorted(self.posts.values(), key=lambda post: int(post.id), reverse=True)

    def publishes(self, request: Request) -> bool:
        """Whether this is the one call that puts a message before people."""
        raise NotImplementedError

    def answer(self, request: Request) -> Reply:
        raise NotImplementedError

    def error_inside(self) -> Reply:
        """How the network says, with status 200, that something went wrong."""
        return Reply({"error": {"message": "An unknown error occurred", "code": 1, "type": "OAuthException"}})

    def needs_token(self, request: Request) -> bool:
        return True

    def refused_token(self) -> Reply:
        return Reply({"error": "The access token is invalid"}, 401)


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong with one call. ``after`` it was carried out, or instead."""

    kind: str
    after: bool = False

    def __str__(self) -> str:
        return f"{self.kind}{' after it was carried out' if self.after else ''}"


ANSWERS: dict[str, Callable[[], Reply]] = {
    "500": lambda: Reply({"error": "internal"}, 500),
    "502": lambda: Reply(b"<html><body>Bad gateway</body></html>", 502, {"Content-Type": "text/html"}),
    "429": lambda: Reply({"error": "slow down"}, 429),
    "429 with a time": lambda: Reply({"error": "slow down"}, 429, {"Retry-After": "1"}),
    "html": lambda: Reply(b"<!doctype html><title>Welcome</title>", 200, {"Content-Type": "text/html"}),
    "invalid utf-8": lambda: Reply(b'{"id": "\xff\xfe"}'),
    "half an answer": lambda: Reply(b'{"id": "1'),
    "a list": lambda: Reply([1, 2]),
    "10 megabytes": lambda: Reply(b" " * 10_000_000),
    "redirect": lambda: Reply(None, 302, {"Location": "http://127.0.0.1:9/elsewhere"}),
}
CUTS = ("drop", "reset", "hang")
HANG_SECONDS = 120.0


class FakeServer:
    """All of them behind one port. ``faults`` decides about each call; ``requests`` keeps every call made."""

    def __init__(self, *networks: FakeNetwork) -> None:
        self.networks = {network.name: network for network in networks}
        self.requests: list[Request] = []
        self.faults: Callable[[Request, bool], Fault | None] = lambda request, publishes: None
        self.keeps_requests = True
        self.stopped = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                server._handle(self)

            do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 - the base class looks for these

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # a worker that was killed mid-call is no error here

        self._server = Server(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def hosts(self) -> dict[str, str]:
        """For ``CAMPAIGNS_NETWORK_HOSTS``."""
        return {
            name: f"{self.address}/{name}" for name in self.networks if name not in ("mastodon", "bluesky")
        }

    @contextmanager
    def running(self) -> Iterator[FakeServer]:
        thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        thread.start()
        try:
            yield self
        finally:
            self.stopped.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def calls(self, network: str, method: str = "", path: str = "") -> list[Request]:
        return [
            request
            for request in self.requests
            if request.network == network and method in ("", request.method) and path in request.path
        ]

    def _read(self, handler: BaseHTTPRequestHandler) -> Request:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        parts = urlsplit(handler.path)
        first, _slash, rest = parts.path.lstrip("/").partition("/")
        if first in self.networks:
            network, path = first, f"/{rest}"
        else:
            network, path = ("bluesky" if first == "xrpc" else "mastodon"), parts.path
        return Request(
            network,
            handler.command,
            unquote(path),
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in handler.headers.items()},
            body,
        )

    def _handle(self, handler: BaseHTTPRequestHandler) -> None:
        request = self._read(handler)
        if self.keeps_requests:
            self.requests.append(request)
        network = self.networks[request.network]
        publishes = network.publishes(request)
        fault = self.faults(request, publishes)
        reply = Reply(None, 500)
        if fault is None or fault.after:
            with network.lock:
                if network.needs_token(request) and request.token not in network.tokens:
                    reply = network.refused_token()
                else:
                    reply = network.answer(request)
        if fault is None:
            self._send(handler, reply)
        elif fault.kind in CUTS:
            self._cut(handler, fault.kind)
        elif fault.kind == "error inside":
            self._send(handler, network.error_inside())
        elif fault.kind == "401":
            self._send(handler, network.refused_token())
        else:
            self._send(handler, ANSWERS[fault.kind]())

    def _cut(self, handler: BaseHTTPRequestHandler, kind: str) -> None:
        handler.close_connection = True
        if kind == "hang":
            self.stopped.wait(HANG_SECONDS)
        elif kind == "reset":
            linger = struct.pack("ii", 1, 0)
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            handler.connection.close()

    def _send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        body = reply.body
        handler.send_response(reply.status)
        headers = {"Content-Type": "application/json", **reply.headers}
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
