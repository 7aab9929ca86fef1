"""Calls to one Bluesky account's server (its PDS) over XRPC, signed in with kept sessions.

An access token lives for two hours and a refresh token for ninety days, while signing in with the
password is allowed 30 times in five minutes and 300 times a day: tokens are kept between calls,
refreshed once when refused, and the password is the last resort.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import Credentials, Failure, ProviderError, Session
from campaigns.providers.http import SIGN_IN_REFUSED, Answer, HttpClient

logger = logging.getLogger(__name__)

NETWORK = "Bluesky"
DEFAULT_SERVICE = "https://bsky.social"
DETAIL_CHARACTERS = 300

# An expired or broken token is answered with status 400, not 401.
STALE_TOKEN_ERRORS = frozenset({"ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired"})
ACCOUNT_ERRORS = STALE_TOKEN_ERRORS | {
    "AccountTakedown",
    "AccountDeactivated",
    "AccountSuspended",
    "RepoDeactivated",
    "RepoTakendown",
    "RepoSuspended",
    "AuthFactorTokenRequired",
}

NEEDS_APP_PASSWORD = _(
    "Bluesky wants a code from an e-mail for this password. Enter an app password instead; the posts are kept."
)
NOT_A_SERVER = _(
    "There is no Bluesky server at this account's server address. Correct it; its posts are kept."
)
SWITCHED_OFF = _("Bluesky has switched this account off. Its posts are kept until it is active again.")


class XrpcError(ProviderError):
    """A refusal with the ``error`` name that the server gave it, "" when it gave none."""

    def __init__(self, reason: ProviderError, error: str) -> None:
        super().__init__(
            reason.message,
            failure=reason.failure,
            retry_after=reason.retry_after,
            status=reason.status,
            detail=reason.detail,
        )
        self.error = error


class BlueskyClient:
    """One account at one server. Keeps ``session.tokens``: access, refresh, did, handle, identifier, service."""

    def __init__(self, credentials: Credentials, session: Session) -> None:
        self._identifier = credentials.get("identifier", "").strip().removeprefix("@")
        self._password = credentials.get("password", "").strip()
        self._service = _service_address(credentials.get("service", ""))
        self._session = session
        self._http = HttpClient(NETWORK)

    @property
    def did(self) -> str:
        """The account's permanent name. Signs in when that is not known yet."""
        return self._tokens()["did"]

    def sign_in(self) -> str:
        """Make a new session with the password and return the account's handle. Raises ``ProviderError``."""
        if not (self._identifier and self._password):
            raise self._account_problem(SIGN_IN_REFUSED)
        try:
            answer = self._call(
                "POST",
                "com.atproto.server.createSession",
                json={"identifier": self._identifier, "password": self._password},
            )
        except XrpcError as error:
            if error.error == "AuthFactorTokenRequired":
                raise self._account_problem(NEEDS_APP_PASSWORD, error) from None
            if error.failure is Failure.PERMANENT:
                raise self._account_problem(
                    NOT_A_SERVER if not error.error else SIGN_IN_REFUSED, error
                ) from None
            raise
        self._keep(answer)
        return self._session.tokens["handle"]

    def query(self, method: str, params: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """Read something. Raises ``XrpcError`` and ``ProviderError``."""
        return self._signed_in_call("GET", method, params=params)

    def procedure(
        self,
        method: str,
        *,
        json: Mapping[str, Any] | None = None,
        data: bytes | None = None,
        mime_type: str = "",
        writing: bool = False,
    ) -> dict[str, Any]:
        """Change something; ``writing`` as in ``HttpClient.send``. Raises ``XrpcError`` and ``ProviderError``."""
        headers = {"Content-Type": mime_type} if mime_type else {}
        return self._signed_in_call("POST", method, json=json, data=data, headers=headers, writing=writing)

    def unreadable(self, *, writing: bool = False) -> ProviderError:
        return self._http.unreadable(writing=writing)

    def _signed_in_call(
        self, verb: str, method: str, *, headers: Mapping[str, str] | None = None, **request: Any
    ) -> dict[str, Any]:
        for is_last_try in (False, True):
            authorised = {**(headers or {}), **_bearer(self._tokens()["access"])}
            try:
                return self._call(verb, method, headers=authorised, **request)
            except XrpcError as error:
                if is_last_try or not (error.status == 401 or error.error in STALE_TOKEN_ERRORS):
                    raise
            self._renew()
        raise AssertionError("unreachable")

    def _tokens(self) -> dict[str, str]:
        """The kept tokens, or those of a new session when they are another account's or server's."""
        tokens = self._session.tokens
        if tokens.get("identifier") != self._identifier or tokens.get("service") != self._service:
            self.sign_in()
        return self._session.tokens

    def _renew(self) -> None:
        """Refresh the session once; when that is refused, sign in with the password."""
        try:
            answer = self._call(
                "POST",
                "com.atproto.server.refreshSession",
                headers=_bearer(self._session.tokens["refresh"]),
            )
        except XrpcError as error:
            if error.failure is not Failure.ACCOUNT:
                raise
            self.sign_in()
        else:
            self._keep(answer)

    def _keep(self, answer: Mapping[str, Any]) -> None:
        names = {"access": "accessJwt", "refresh": "refreshJwt", "did": "did", "handle": "handle"}
        tokens = {name: answer.get(theirs) for name, theirs in names.items()}
        if not all(isinstance(value, str) and value for value in tokens.values()):
            raise self.unreadable()
        if answer.get("active") is False:
            raise self._account_problem(SWITCHED_OFF)
        self._session.tokens = {
            **{name: str(value) for name, value in tokens.items()},
            "identifier": self._identifier,
            "service": self._service,
        }
        self._session.save(self._session.tokens)

    def _call(self, verb: str, method: str, *, writing: bool = False, **request: Any) -> dict[str, Any]:
        """One call and the JSON object it answers with (empty for no content)."""
        answer = self._http.send(verb, f"{self._service}/xrpc/{method}", writing=writing, **request)
        try:
            content = answer.json_object() if answer.body else {}
        except ValueError:
            if answer.ok:
                raise self._http.unreadable(writing=writing, status=answer.status) from None
            content = {}
        if answer.ok:
            return content
        refusal = self._refusal(answer, content, writing=writing)
        logger.info("%s was answered with %s %s", method, answer.status, refusal.detail)
        raise refusal

    def _refusal(self, answer: Answer, content: Mapping[str, Any], *, writing: bool) -> XrpcError:
        error = str(content.get("error", ""))
        detail = self._without_secrets(f"{error}: {content.get('message', '')}") if content else ""
        reason = self._http.refusal(answer, writing=writing, detail=detail)
        if reason.failure is Failure.PERMANENT and error in ACCOUNT_ERRORS:
            message = SIGN_IN_REFUSED if error in STALE_TOKEN_ERRORS else SWITCHED_OFF
            return XrpcError(self._account_problem(message, reason), error)
        if reason.failure is Failure.PERMANENT and answer.status in (404, 405):
            return XrpcError(self._account_problem(NOT_A_SERVER, reason), error)
        return XrpcError(reason, error)

    def _without_secrets(self, words: str) -> str:
        for secret in (
            self._password,
            self._session.tokens.get("access"),
            self._session.tokens.get("refresh"),
        ):
            if secret:
                words = words.replace(secret, "…")
        return words[:DETAIL_CHARACTERS]

    def _account_problem(self, message: Any, reason: ProviderError | None = None) -> ProviderError:
        return ProviderError(
            message,
            failure=Failure.ACCOUNT,
            status=reason.status if reason else None,
            detail=reason.detail if reason else "",
        )


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _service_address(typed: str) -> str:
    """What a person typed as an address: the host, with https:// when there was no scheme."""
    address = typed.strip() or DEFAULT_SERVICE
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return address  # refused with its message when it is called
    return f"{parts.scheme}://{parts.netloc}"
