"""The names and shapes of what is stored at Bluesky (AT Protocol: record keys, AT URIs, records)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from campaigns.providers.base import PublishResult

COLLECTION = "app.bsky.feed.post"

_TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_TID_LENGTH = 13
_TID_CLOCK_BITS = 10
_POST_URI = re.compile(r"at://(did:[a-z]+:[A-Za-z0-9._:%-]+)/app\.bsky\.feed\.post/([A-Za-z0-9._:~-]{1,512})")


def new_tid(now: datetime) -> str:
    """A record key of the kind ``tid``: microseconds since 1970 and ten random bits, in base 32.

    Spread over the second before ``now``, so that many posts approved in one moment differ.
    """
    moment = now - timedelta(microseconds=secrets.randbelow(1_000_000))
    since_epoch = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return _written(
        since_epoch // timedelta(microseconds=1) << _TID_CLOCK_BITS | secrets.randbits(_TID_CLOCK_BITS)
    )


def later_tid(key: str, microseconds: int) -> str:
    """The record key that long after ``key``: always the same one, so that a part of a thread keeps its key."""
    number = 0
    for letter in key:
        number = number * len(_TID_LETTERS) + _TID_LETTERS.index(letter)
    return _written(number + (microseconds << _TID_CLOCK_BITS))


def _written(number: int) -> str:
    letters = ""
    for _place in range(_TID_LENGTH):
        number, digit = divmod(number, len(_TID_LETTERS))
        letters = _TID_LETTERS[digit] + letters
    return letters


def post_uri(did: str, key: str) -> str:
    return f"at://{did}/{COLLECTION}/{key}"


def split_post_uri(uri: str) -> tuple[str, str]:
    """The account's DID and the record key. Raises ``ValueError`` for what is no post's URI."""
    match = _POST_URI.fullmatch(uri)
    if match is None:
        raise ValueError("not the URI of a Bluesky post")
    return match.group(1), match.group(2)


def web_address(uri: str) -> str:
    """Where people read the post. By DID: a handle may change hands."""
    did, key = split_post_uri(uri)
    return f"https://bsky.app/profile/{did}/post/{key}"


def reply_to(earlier: Sequence[PublishResult]) -> dict[str, Any] | None:
    """What a record answers: the last of ``earlier``, in the thread that the first began. None for a first part."""
    if not earlier:
        return None
    root, parent = ({"uri": part.remote_id, "cid": part.version} for part in (earlier[0], earlier[-1]))
    return {"root": root, "parent": parent}


def timestamp(moment: datetime) -> str:
    """``moment`` as the lexicon format ``datetime``, in UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def post_record(
    *,
    text: str,
    created_at: datetime,
    language: str,
    facets: list[dict[str, Any]],
    tags: list[str],
    embed: dict[str, Any] | None,
    reply: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A record of the lexicon ``app.bsky.feed.post``; the same arguments give the same record."""
    record: dict[str, Any] = {"$type": COLLECTION, "text": text, "createdAt": timestamp(created_at)}
    if language:
        record["langs"] = [language]
    if facets:
        record["facets"] = facets
    if tags:
        record["tags"] = tags
    if embed:
        record["embed"] = embed
    if reply:
        record["reply"] = reply
    return record


def is_same_message(stored: Mapping[str, Any], text: str, created_at: datetime) -> bool:
    """Whether ``stored`` was written by an earlier try of the same message.

    The rest may differ between two tries: a handle that could not be resolved the first time, an
    image that a newer Pillow compresses otherwise.
    """
    return stored.get("text") == text and stored.get("createdAt") == timestamp(created_at)
