"""Meta's Graph API: how it says that something went wrong, and tokens that are exchanged for longer ones."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from campaigns.providers.base import Failure, ProviderError
from campaigns.providers.bearer import TokenClient
from campaigns.providers.http import (
    BUSY,
    FAULTY,
    FAULTY_WRITE,
    REFUSED,
    SIGN_IN_REFUSED,
    UNREADABLE_WRITE,
    Answer,
)
from campaigns.providers.oauth import OAuthProvider

VERSION = "v24.0"

# https://developers.facebook.com/docs/graph-api/guides/error-handling
TOKEN_CODES = frozenset({102, 190, 463, 467})
WAIT_CODES = frozenset({4, 17, 32, 341, 613, 9007, *range(80_000, 80_015)})
FAULT_CODES = frozenset({1, 2})
ACCOUNT_CODES = frozenset({3, 10, 368, *range(200, 300)})
DUPLICATE_CODE = 506


class GraphClient(TokenClient):
    """Calls with the Graph API's own errors understood."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, classify=self._error_in, **options)

    def post(self, path: str, form: Mapping[str, str], **request: Any) -> dict[str, Any]:
        return self.call("POST", path, form=form, **request)[1]

    def _error_in(  # noqa: PLR0911 - one line a kind of error
        self, answer: Answer, content: Mapping[str, Any], writing: bool
    ) -> ProviderError | None:
        """From ``{"error": {"code": …}}``, which also comes with status 200."""
        error = content.get("error")
        if not isinstance(error, dict):
            return None
        code, detail = error.get("code"), f"{error.get('code')}: {error.get('message', '')}"
        if code in TOKEN_CODES:
            return self.problem(SIGN_IN_REFUSED, Failure.ACCOUNT, answer, detail, status=401)
        if code in WAIT_CODES or answer.status == 429:
            return self.problem(BUSY, Failure.TEMPORARY, answer, detail, retry_after=answer.retry_after())
        if code in FAULT_CODES or error.get("is_transient") or answer.status >= 500:
            message, failure = (FAULTY_WRITE, Failure.UNKNOWN) if writing else (FAULTY, Failure.TEMPORARY)
            return self.problem(message, failure, answer, detail)
        if (
            code == DUPLICATE_CODE and writing
        ):  # the very same words stand there already: perhaps it is this one
            return self.problem(UNREADABLE_WRITE, Failure.UNKNOWN, answer, detail)
        if code in ACCOUNT_CODES:
            return self.problem(SIGN_IN_REFUSED, Failure.ACCOUNT, answer, detail)
        if answer.status == 401:
            return None
        return self.problem(REFUSED, Failure.PERMANENT, answer, detail)


class GraphProvider(OAuthProvider):
    """What every network of Meta answers the same way; ``metrics`` are Meta's own names."""

    metrics: ClassVar[tuple[str, ...]]
    _client: GraphClient

    def delete(self, remote_id: str) -> None:
        try:
            self._client.call("DELETE", f"/{remote_id}")
        except ProviderError as error:
            if not is_gone(error):
                raise

    def fetch_metrics(self, remote_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        figures = {
            number: insights(self._client, number, self.metrics) for number in dict.fromkeys(remote_ids)
        }
        return {number: found for number, found in figures.items() if found is not None}


def is_gone(error: ProviderError) -> bool:
    """Whether an object is not there (any more). The Graph API says it with a code in the message's detail."""
    return error.status == 404 or "does not exist" in error.detail


def rows(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The objects of a list; what is no object is left out."""
    data = answer.get("data")
    return [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []


def insights(client: GraphClient, remote_id: str, names: Collection[str]) -> dict[str, int] | None:
    """The figures there are, by Meta's own names; None for a message that is gone.

    One name that Meta does not know (any more) fails the whole call, so then each is asked for by itself.
    """
    wanted = list(names)
    try:
        return figures_in(client.get(f"/{remote_id}/insights", [("metric", ",".join(wanted))]), wanted)
    except ProviderError as error:
        if is_gone(error):
            return None
        if error.failure is not Failure.PERMANENT or len(wanted) == 1:
            raise
    found: dict[str, int] = {}
    for name in wanted:
        try:
            found |= figures_in(client.get(f"/{remote_id}/insights", [("metric", name)]), [name])
        except ProviderError as error:
            if error.failure is not Failure.PERMANENT:
                raise
    return found


def figures_in(answer: Mapping[str, Any], wanted: Collection[str]) -> dict[str, int]:
    figures = {}
    for row in rows(answer):
        values = row.get("values")
        latest = values[-1] if isinstance(values, list) and values else row.get("total_value")
        value = latest.get("value") if isinstance(latest, dict) else None
        if row.get("name") in wanted and type(value) is int and value >= 0:
            figures[row["name"]] = value
    return figures


def as_json(value: Any) -> str:
    """A list or object as a form's field."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
