"""Calls to a network that signs accounts in with a token, as OAuth 2 gives one.

A token that is refused is renewed once, and the call made again: a refused call was not carried out.
"""

from __future__ import annotations

import json as jsonlib
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.text import format_lazy
from urllib3.filepost import encode_multipart_formdata

from campaigns.providers.base import Credentials, Failure, ProviderError, Session
from campaigns.providers.http import FAULTY, FAULTY_WRITE, SIGN_IN_REFUSED, Answer, HttpClient

logger = logging.getLogger(__name__)

DETAIL_CHARACTERS = 300

Classify = Callable[[Answer, Mapping[str, Any], bool], ProviderError | None]
"""What a network's own error says: answer, its JSON (empty when it has none), and whether the call was writing."""

File = tuple[str, bytes, str]
"""A file's name, content and type, for a form."""


class TokenClient:
    """One account at ``base``. ``renew`` gets a new token into the session, or raises ``ProviderError``."""

    def __init__(
        self,
        network: Any,
        base: str,
        credentials: Credentials,
        session: Session,
        *,
        classify: Classify | None = None,
        renew: Callable[[], None] | None = None,
        fixed_host: bool = True,
    ) -> None:
        self.network = network
        self.base = base
        self.http = HttpClient(network)
        self._credentials = credentials
        self._session = session
        self._classify = classify or (lambda answer, content, writing: None)
        self._renew = renew
        self._fixed_host = fixed_host

    @property
    def token(self) -> str:
        """The newest token: the renewed one, else the one the account was connected with."""
        return self._session.tokens.get("access_token") or self._credentials.get("access_token", "")

    def get(self, path: str, params: Iterable[tuple[str, str]] = (), **request: Any) -> dict[str, Any]:
        return self.call("GET", path, params=params, **request)[1]

    def call(
        self,
        method: str,
        path: str,
        *,
        writing: bool = False,
        form: Mapping[str, str] | None = None,
        file: File | None = None,
        file_field: str = "file",
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
        with_token: bool = True,
        **request: Any,
    ) -> tuple[Answer, dict[str, Any]]:
        """One call; its answer and the JSON object in it (empty for no content). Raises ``ProviderError``.

        ``path`` is below ``base``, or a whole address that the network itself gave us.
        """
        if file is not None:
            parts: dict[str, Any] = {**(form or {}), file_field: file}
            data, kind = encode_multipart_formdata(parts)
            headers = {**(headers or {}), "Content-Type": kind}
        elif form is not None:
            data = urlencode(form).encode()
            headers = {**(headers or {}), "Content-Type": "application/x-www-form-urlencoded"}
        address = path if "://" in path else f"{self.base}{path}"
        for is_last_try in (False, True):
            token = self.token
            if with_token and not token:
                raise self._account_problem()
            authorised = {**(headers or {}), **({"Authorization": f"Bearer {token}"} if with_token else {})}
            answer = self.http.send(
                method, address, writing=writing, headers=authorised, data=data, **request
            )
            content, readable = _content(answer)
            error = self._problem_in(answer, content, readable, writing=writing)
            if error is None:
                return answer, content
            logger.info(
                "%s %s was answered with %s %s", method, path.partition("?")[0], answer.status, error.detail
            )
            if is_last_try or not (with_token and error.failure is Failure.ACCOUNT and error.status == 401):
                raise error
            self._renew_token(token, error)
        raise AssertionError("unreachable")

    def _renew_token(self, refused: str, error: ProviderError) -> None:
        """Another process may have renewed it already; where a renewal works only once, ours would be refused."""
        if self._session.reload() and self.token != refused:
            return
        if self._renew is None:
            raise error
        try:
            self._renew()
        except ProviderError as problem:
            if problem.failure is Failure.ACCOUNT and self._session.reload() and self.token != refused:
                return
            raise

    def _problem_in(
        self, answer: Answer, content: dict[str, Any], readable: bool, *, writing: bool
    ) -> ProviderError | None:
        error = self._classify(answer, content, writing) if readable else None
        if error is not None:
            error.detail = self._without_secrets(error.detail)
            return error
        if answer.ok:
            return None if readable else self.http.unreadable(writing=writing, status=answer.status)
        if 300 <= answer.status < 400 and (self._fixed_host or writing):
            # Where the address is no setting of the account this is no move but a fault on the way; and whether a
            # message was taken first, nobody knows: it is looked up, and then the move shows.
            message, failure = (FAULTY_WRITE, Failure.UNKNOWN) if writing else (FAULTY, Failure.TEMPORARY)
            return ProviderError(
                format_lazy(message, network=self.network), failure=failure, status=answer.status
            )
        detail = self._without_secrets(jsonlib.dumps(content, ensure_ascii=False)) if content else ""
        return self.http.refusal(answer, writing=writing, detail=detail)

    def problem(
        self, message: Any, failure: Failure, answer: Answer | None = None, detail: str = "", **facts: Any
    ) -> ProviderError:
        """An error of this network, with ``{network}`` in the message filled in."""
        return ProviderError(
            format_lazy(message, network=self.network),
            failure=failure,
            status=facts.pop("status", answer.status if answer else None),
            detail=self._without_secrets(detail),
            **facts,
        )

    def _account_problem(self) -> ProviderError:
        return self.problem(SIGN_IN_REFUSED, Failure.ACCOUNT)

    def _without_secrets(self, words: str) -> str:
        for secrets in (self._credentials, self._session.tokens):
            for name in ("access_token", "refresh_token", "client_secret"):
                if secrets.get(name):
                    words = words.replace(secrets[name], "…")
        return words[:DETAIL_CHARACTERS]


def _content(answer: Answer) -> tuple[dict[str, Any], bool]:
    """The JSON object of an answer, and whether it could be read. No content at all can be read, too."""
    if not answer.body.strip():
        return {}, True
    try:
        return answer.json_object(), True
    except ValueError:
        return {}, False
