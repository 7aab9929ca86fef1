"""Finding a message again on networks that do not recognise a resend.

The surest sign is the link: each message has a short address of its own. A message without one is known
by its words, by the time it can have been sent at the earliest, and by not being another one.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from campaigns.providers.base import OutgoingPost

CLOCKS_DIFFER = timedelta(minutes=10)  # between the network's clock and ours, at most

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """One of the account's own recent messages, as the network shows it."""

    remote_id: str
    text: str
    created_at: datetime | None
    links: tuple[str, ...] = ()
    answers: str = ""  # the remote id of what it answers; "" for a message of its own


def too_old(found: Found, post: OutgoingPost) -> bool:
    """Whether it was there before ``post`` can have been sent: the search ends here."""
    return found.created_at is not None and found.created_at < post.created_at - CLOCKS_DIFFER


def is_message(found: Found, post: OutgoingPost, text: str, answers: str = "") -> bool:
    """Whether ``found`` is ``post``, whose composed text is ``text`` and which answers the message ``answers``."""
    if found.remote_id in post.others or found.answers != answers or too_old(found, post):
        return False
    own = [link for link in (post.link, post.full_link) if link]
    shown = " ".join([found.text, *found.links])
    if any(_holds(shown, link) for link in own):
        return True
    return not own and same_words(found.text, text)


def _holds(text: str, link: str) -> bool:
    """Whether ``link`` stands there whole: the address of message 1 is how that of message 12 begins."""
    return re.search(re.escape(link) + r"(?![A-Za-z0-9])", text) is not None


def same_words(one: str, other: str) -> bool:
    """Networks trim, join spaces and change the form of letters with accents."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", html.unescape(text))).strip()


def first_message(
    candidates: Iterable[Found], post: OutgoingPost, text: str, answers: str = ""
) -> Found | None:
    """The first of ``candidates``, newest first, that is ``post``; the search ends where it becomes too old."""
    for found in candidates:
        if too_old(found, post):
            return None
        if is_message(found, post, text, answers):
            return found
    return None


def moment(value: object) -> datetime | None:
    """A time as networks write it: ISO 8601 with ``Z``, ``+0000`` or ``+00:00``, or milliseconds since 1970."""
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value / 1000, UTC)
        except (OverflowError, OSError, ValueError):
            return None
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
