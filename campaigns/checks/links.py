"""Whether the address a post leads to answers. Asked once, when the post is approved, and of public addresses only."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING

import requests
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from urllib3.exceptions import HTTPError, NameResolutionError

from campaigns.findings import Finding
from campaigns.providers.http import USER_AGENT
from core.addresses import AddressNotAllowed, Deadline, GuardedAdapter

if TYPE_CHECKING:
    from campaigns.models import Post

LONGEST = 6.0  # seconds that an approval may wait for somebody else's server
MOST_REDIRECTS = 5
NO_ADDRESS = _("The link is not a web address. Write it whole, from https:// on.")
CERTAIN: dict[type[Exception], object] = {
    AddressNotAllowed: _("This address is not on the public internet: readers cannot open it."),
    requests.exceptions.InvalidURL: NO_ADDRESS,
    requests.exceptions.InvalidSchema: NO_ADDRESS,
    requests.exceptions.MissingSchema: NO_ADDRESS,
    requests.exceptions.TooManyRedirects: _("This address leads from one page to the next without end."),
}
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def broken_link(post: Post) -> Iterator[Finding]:
    """An error when the address certainly leads nowhere; a server that is slow or refuses robots proves nothing."""
    if not post.link:
        return
    reason = trouble_with(post.link)
    if reason:
        yield Finding("link", reason)


def trouble_with(address: str) -> object | None:
    """A sentence that says why nobody can follow ``address``; None when it works, or when nobody can tell."""
    try:
        status = _status_of(address)
    except requests.exceptions.ConnectionError as error:
        return _("No server has this name. Is it typed correctly?") if _is_unknown_name(error) else None
    except (AddressNotAllowed, requests.exceptions.RequestException) as error:
        return next((sentence for kind, sentence in CERTAIN.items() if isinstance(error, kind)), None)
    except (HTTPError, OSError, ValueError):
        return None
    if status not in GONE:
        return None
    return format_lazy(_("There is no page at this address any more (answer {status})."), status=int(status))


def _status_of(address: str) -> int:
    with Deadline(LONGEST), requests.Session() as session:
        session.trust_env = False
        session.max_redirects = MOST_REDIRECTS
        for scheme in ("https://", "http://"):
            session.mount(scheme, GuardedAdapter())
        # Some servers know no HEAD; reading stops after the head of the answer either way.
        answer = session.get(
            address, headers={"User-Agent": USER_AGENT}, timeout=(3.0, 3.0), stream=True, allow_redirects=True
        )
        with contextlib.closing(answer):
            return int(answer.status_code)


def _is_unknown_name(error: requests.exceptions.ConnectionError) -> bool:
    inner = error.args[0] if error.args else None
    return isinstance(getattr(inner, "reason", inner), NameResolutionError)
