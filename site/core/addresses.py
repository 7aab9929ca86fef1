"""Connections to public addresses only: staff type a server's address, and it must not lead inside.

The name is resolved once, every address it has is checked, and the connection goes to a checked
address. A name that answers differently the second time (DNS rebinding) gets no second time.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from contextvars import ContextVar
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError
from urllib3.util import Timeout

GLOBAL_UNICAST = IPv6Network("2000::/3")  # the only IPv6 addresses IANA hands out for the public internet
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


class AddressNotAllowed(Exception):
    """A server's name leads to an address that is not on the public internet."""


def private_addresses_allowed() -> bool:
    """Whether servers on this machine or in this network may be called: in development and tests only."""
    return bool(getattr(settings, "CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES", False))


def is_public(address: str) -> bool:
    """Whether ``address`` (IPv4 or IPv6, as text) is on the public internet."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast
    inner = _inner_ipv4(ip)
    if inner is not None:
        return is_public(str(inner))
    return ip in GLOBAL_UNICAST and ip.is_global


def _inner_ipv4(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that traffic to ``ip`` ends up at, for the notations that carry one."""
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


class Deadline:
    """Cuts the connection opened inside the block after ``seconds``: a server that drips bytes meets no timeout.

    What was read until then can look whole, so ask ``passed`` before believing it.
    """

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self.passed = False
        self._socket: socket.socket | None = None

    def watch(self, sock: socket.socket) -> None:
        """Cut ``sock`` when the time is over."""
        # A duplicate stays valid when TLS takes over the original.
        self._socket = sock.dup()
        if self.passed:
            self._cut()

    def _cut(self) -> None:
        self.passed = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self._token = _deadline.set(self)
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _deadline.reset(self._token)
        self._timer.cancel()
        self._timer.join()
        if self._socket is not None:
            self._socket.close()


_deadline: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def _open_socket(connection: HTTPConnection) -> socket.socket:
    """Connect to the first checked address that answers. Raises urllib3's errors and ``AddressNotAllowed``."""
    try:
        found = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label longer than 63 characters
        raise NameResolutionError(connection.host, connection, socket.gaierror(str(error))) from error
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    if not private_addresses_allowed() and not all(is_public(str(entry[4][0])) for entry in found):
        raise AddressNotAllowed(connection.host)
    failure: OSError = OSError("the name has no address")
    for family, kind, protocol, _name, address in found:
        sock = socket.socket(family, kind, protocol)
        try:
            for option in connection.socket_options or ():
                sock.setsockopt(*option)
            sock.settimeout(Timeout.resolve_default_timeout(connection.timeout))
            sock.connect(address)
        except OSError as error:
            sock.close()
            failure = error
            continue
        deadline = _deadline.get()
        if deadline is not None:
            deadline.watch(sock)
        return sock
    raise NewConnectionError(connection, f"no connection: {failure}") from failure


class _GuardedHTTPConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _open_socket(self)


class _GuardedHTTPSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _open_socket(self)


class _GuardedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHTTPConnection


class _GuardedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPSConnection


class GuardedAdapter(HTTPAdapter):
    """A transport for ``requests`` that opens its connections as this module says. Never retries."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _GuardedHTTPPool, "https": _GuardedHTTPSPool}
