"""The one way out to social networks over HTTP.

A call has a time limit, an answer has a size limit, redirects are not followed, and only public
addresses are called. What went wrong is raised as a ``ProviderError`` whose ``failure`` says whether
the call may have been carried out: the caller says with ``writing`` whether that matters.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ssl import SSLCertVerificationError
from typing import Any
from urllib.parse import urlsplit

import requests
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from urllib3.exceptions import HTTPError, NewConnectionError

from campaigns.providers.base import Failure, ProviderError
from core.addresses import (
    AddressNotAllowed,
    Deadline,
    GuardedAdapter,
    private_addresses_allowed,
)

logger = logging.getLogger(__name__)
# At the finest level urllib3 writes whole addresses down, and some networks take tokens in them.
logging.getLogger("urllib3").setLevel(logging.INFO)

USER_AGENT = "Drieklank/0.1"
MAX_ANSWER_BYTES = 2_000_000
LONGEST_WAIT_SECONDS = 24 * 60 * 60
CHUNK_BYTES = 65_536

UNREACHABLE = _("{network} cannot be reached at the moment. Nothing was sent; a later attempt can succeed.")
ANSWERLESS = _("{network} did not answer. Nothing is lost; a later attempt can succeed.")
ANSWERLESS_WRITE = _(
    "{network} did not answer, so it is not known whether the message arrived. "
    "It is looked up there before anything is sent again."
)
FAULTY = _("{network} reports a fault of its own. Nothing is lost; a later attempt can succeed.")
FAULTY_WRITE = _(
    "{network} reports a fault of its own, so it is not known whether the message arrived. "
    "It is looked up there before anything is sent again."
)
UNREADABLE = _("{network} gave an answer that cannot be read. Nothing is lost; a later attempt can succeed.")
UNREADABLE_WRITE = _(
    "{network} gave an answer that cannot be read, so it is not known whether the message arrived. "
    "It is looked up there before anything is sent again."
)
BUSY = _("{network} asks us to wait for a while. Nothing is lost; a later attempt can succeed.")
SIGN_IN_REFUSED = _(
    "{network} refuses this account's sign-in. Connect the account again; its posts are kept until then."
)
NOT_PUBLIC = _(
    "The server address of this {network} account is not a public web address. Correct it; its posts are kept."
)
MOVED = _(
    "The server of this {network} account has moved to another address. Enter the new one; its posts are kept."
)
REFUSED = _("{network} does not accept this message as it is. Change it and plan it again.")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """In seconds: to connect, to wait for the next bytes, and for the whole call."""

    connect: float = 5
    read: float = 20
    total: float = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; ``headers`` finds a name in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json_object(self) -> dict[str, Any]:
        """The body as a JSON object. Raises ``ValueError`` for anything else."""
        value = self._json()
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
        return value

    def json_list(self) -> list[Any]:
        """The body as a JSON list. Raises ``ValueError`` for anything else."""
        value = self._json()
        if not isinstance(value, list):
            raise ValueError("not a JSON list")
        return value

    def _json(self) -> Any:
        try:
            return json.loads(self.body.decode("utf-8"))
        except RecursionError:
            raise ValueError("nested too deeply") from None

    def retry_after(self, now: datetime | None = None) -> float | None:
        """Seconds to wait from ``now`` on, at most a day; None when the server did not say.

        Networks disagree: ``Retry-After`` holds seconds or a date (RFC 9110, 10.2.3), the reset headers
        hold epoch seconds, seconds from now or an ISO 8601 time.
        """
        now = now or datetime.now(UTC)
        for name in ("Retry-After", "RateLimit-Reset", "X-RateLimit-Reset"):
            seconds = _seconds_until(self.headers.get(name, "").strip(), now)
            if seconds is not None:
                return min(max(seconds, 0.0), LONGEST_WAIT_SECONDS)
        return None


def _seconds_until(value: str, now: datetime) -> float | None:
    try:
        number = float(value)
    except ValueError:
        moment = _moment(value)
        return None if moment is None else (moment - now).total_seconds()
    if not math.isfinite(number):
        return None
    # No network asks to wait 30 years: a number this large counts from 1970.
    return number - now.timestamp() if number > 1_000_000_000 else number


def _moment(value: str) -> datetime | None:
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(value)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


class HttpClient:
    """Sends requests to one network; ``network`` is its name in messages."""

    def __init__(self, network: Any, timeouts: Timeouts | None = None) -> None:
        self.network = network
        self.timeouts = timeouts or Timeouts()

    def send(
        self,
        method: str,
        url: str,
        *,
        writing: bool = False,
        headers: Mapping[str, str] | None = None,
        params: Iterable[tuple[str, str]] = (),
        json: Mapping[str, Any] | None = None,
        data: bytes | None = None,
    ) -> Answer:
        """One call and its answer, whatever its status. Raises ``ProviderError`` where there is none.

        ``writing`` says that carrying it out twice would do harm: then a call that may have arrived is
        ``Failure.UNKNOWN``, else ``Failure.TEMPORARY``.
        """
        self._check(url)
        try:
            with Deadline(self.timeouts.total) as deadline, requests.Session() as session:
                session.trust_env = False  # no proxy and no .netrc between us and the checked address
                guarded = GuardedAdapter()
                for scheme in ("http://", "https://"):
                    session.mount(scheme, guarded)
                with session.request(
                    method,
                    url,
                    headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **(headers or {})},
                    params=list(params),
                    json=json,
                    data=data,
                    timeout=(self.timeouts.connect, self.timeouts.read),
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    body = _limited_body(response)
                    if deadline.passed:
                        raise requests.ReadTimeout("the answer took too long")
                    return Answer(response.status_code, response.headers, body)
        except AddressNotAllowed:
            raise self._problem(NOT_PUBLIC, Failure.ACCOUNT) from None
        except _TooLarge:
            raise self.unreadable(writing=writing) from None
        except (requests.RequestException, HTTPError, OSError) as error:
            # The address may hold a token in its query, so only its host is written down.
            logger.warning("No answer from %s: %s", urlsplit(url).hostname, type(error).__name__)
            raise self._without_answer(error, writing=writing) from None

    def refusal(self, answer: Answer, *, writing: bool = False, detail: str = "") -> ProviderError:
        """What an answer that is not a success means, as far as its status tells."""
        status = answer.status
        wait = answer.retry_after() if status in (429, 503) else None
        if status == 429:
            message, failure = BUSY, Failure.TEMPORARY
        elif 300 <= status < 400:
            message, failure = MOVED, Failure.ACCOUNT
        elif status in (401, 403):
            message, failure = SIGN_IN_REFUSED, Failure.ACCOUNT
        elif status >= 500 or status == 408:
            message = FAULTY_WRITE if writing else FAULTY
            failure = Failure.UNKNOWN if writing else Failure.TEMPORARY
        elif status >= 400:
            message, failure = REFUSED, Failure.PERMANENT
        else:
            return self.unreadable(writing=writing, status=status, detail=detail)
        return self._problem(message, failure, retry_after=wait, status=status, detail=detail)

    def unreadable(
        self, *, writing: bool = False, status: int | None = None, detail: str = ""
    ) -> ProviderError:
        """An answer that says success, yet not what a success looks like."""
        if writing:
            return self._problem(UNREADABLE_WRITE, Failure.UNKNOWN, status=status, detail=detail)
        return self._problem(UNREADABLE, Failure.TEMPORARY, status=status, detail=detail)

    def _check(self, url: str) -> None:
        """Refuse what is no plain web address. Raises ``ProviderError``."""
        try:
            parts = urlsplit(url)
            allowed = parts.scheme == "https" or (parts.scheme == "http" and private_addresses_allowed())
            # Reading the port raises ValueError when it is no port.
            usable = allowed and parts.hostname and parts.port != 0 and "@" not in parts.netloc
        except ValueError:
            usable = False
        if not usable:
            raise self._problem(NOT_PUBLIC, Failure.ACCOUNT)

    def _without_answer(self, error: Exception, *, writing: bool) -> ProviderError:
        if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema)):
            return self._problem(NOT_PUBLIC, Failure.ACCOUNT)
        if _never_sent(error):
            return self._problem(UNREACHABLE, Failure.TEMPORARY)
        if writing:
            return self._problem(ANSWERLESS_WRITE, Failure.UNKNOWN)
        return self._problem(ANSWERLESS, Failure.TEMPORARY)

    def _problem(self, message: Any, failure: Failure, **facts: Any) -> ProviderError:
        return ProviderError(format_lazy(message, network=self.network), failure=failure, **facts)


class _TooLarge(Exception):
    pass


def _limited_body(response: requests.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(CHUNK_BYTES):
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            raise _TooLarge
    return bytes(body)


def _never_sent(error: Exception) -> bool:
    """Whether the call failed before a byte of it left: the connection or the certificate failed."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    if isinstance(reason, NewConnectionError):
        return True
    return isinstance(error, requests.exceptions.SSLError) and bool(
        reason is not None and reason.args and isinstance(reason.args[0], SSLCertVerificationError)
    )
