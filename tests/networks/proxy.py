"""A proxy on loopback that lets a call reach its server and then loses the answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

NOT_PASSED_ON = {
    "connection",
    "transfer-encoding",
    "content-length",
    "content-encoding",
    "host",
    "accept-encoding",
}


class AnswerLosingProxy:
    """Passes calls on to ``upstream``. Those whose path ends in ``losing`` are carried out, and not answered.

    ``losing`` may be changed at any time; "" answers everything. The first ``answering`` calls of that kind are
    answered all the same. ``lost`` is set when an answer was held back, ``release`` lets the waiting connections go:
    they end without a byte. ``headers`` go along with every call.
    """

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.losing = ""
        self.answering = 0
        self.headers: dict[str, str] = {}
        self.lost = threading.Event()
        self.calls: list[str] = []
        self._released = threading.Event()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                proxy._pass_on(self)

            def do_POST(self) -> None:
                proxy._pass_on(self)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def release(self) -> None:
        self._released.set()

    @contextmanager
    def running(self) -> Iterator[AnswerLosingProxy]:
        thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        thread.start()
        try:
            yield self
        finally:
            self.release()
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def _pass_on(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        answer = requests.request(
            handler.command,
            f"{self.upstream}{handler.path}",
            headers={
                name: value for name, value in handler.headers.items() if name.lower() not in NOT_PASSED_ON
            }
            | self.headers,
            data=handler.rfile.read(length),
            timeout=30,
        )
        method = handler.path.partition("?")[0].rpartition("/")[2]
        self.calls.append(method)
        handler.close_connection = True
        if self.losing and method == self.losing and self.calls.count(method) > self.answering:
            self.lost.set()
            self._released.wait(60)
            return
        handler.send_response(answer.status_code)
        for name, value in answer.headers.items():
            if name.lower() not in NOT_PASSED_ON:
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(answer.content)))
        handler.end_headers()
        handler.wfile.write(answer.content)
