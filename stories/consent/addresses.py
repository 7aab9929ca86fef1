"""Addresses that were withdrawn, known by their digest alone."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from urllib.parse import unquote
from uuid import UUID

from stories.consent.models import WithdrawnAddress

SHORTEST = 3
"""Parts of a path that may name a story: /nl/levensverhalen/mila/ has three. The list of stories has fewer."""


def digest_of_path(path: str) -> str:
    """Upper and lower case, percent-encoding and a slash at the end make no other address."""
    parts = [part for part in unquote(path).casefold().split("/") if part]
    return sha256("/".join(parts).encode()).hexdigest()


def is_withdrawn(path: str) -> bool:
    """Whether ``path``, or one above it, was the address of a story that was withdrawn. One query."""
    parts = [part for part in path.split("/") if part]
    digests = [digest_of_path("/".join(parts[:length])) for length in range(SHORTEST, len(parts) + 1)]
    return bool(digests) and WithdrawnAddress.objects.filter(digest__in=digests).exists()


def withdraw_digests(digests: dict[str, str], story_key: UUID, since: datetime) -> None:
    """Let these addresses answer 410 from now on. ``digests`` maps each to its language."""
    WithdrawnAddress.objects.bulk_create(
        [
            WithdrawnAddress(digest=digest, language=language, story_key=story_key, since=since)
            for digest, language in digests.items()
        ],
        ignore_conflicts=True,
    )
