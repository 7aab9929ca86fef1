"""A list outside of the database, and outside of its backups, of what must never come back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from stories.consent.models import Withdrawal, WithdrawnAddress


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One withdrawn story: numbers, a date, and digests of its addresses."""

    reference: UUID
    story_key: UUID
    withdrawn_at: datetime
    addresses: dict[str, str]
    """Digest to language."""


def write_tombstone(withdrawal: Withdrawal) -> None:
    """Add the withdrawal to the list, once, and let it reach the disk."""
    if any(known.reference == withdrawal.reference for known in read_tombstones()):
        return
    addresses = WithdrawnAddress.objects.filter(story_key=withdrawal.story_key)
    line = json.dumps(
        {
            "reference": str(withdrawal.reference),
            "story": str(withdrawal.story_key),
            "withdrawn_at": withdrawal.requested_at.isoformat(),
            "addresses": dict(addresses.values_list("digest", "language")),
        }
    )
    path = Path(settings.CONSENT_TOMBSTONES)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        # A line begins on a line of its own, even after a half one that a crash left behind.
        file.write(("\n" if _ends_within_a_line(path) else "") + line + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_tombstones() -> Iterator[Tombstone]:
    """Every whole line. What a crash left half written is passed over: its withdrawal writes it again."""
    path = Path(settings.CONSENT_TOMBSTONES)
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            yield _parse(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            continue


def _parse(values: dict[str, Any]) -> Tombstone:
    return Tombstone(
        reference=UUID(values["reference"]),
        story_key=UUID(values["story"]),
        withdrawn_at=datetime.fromisoformat(values["withdrawn_at"]),
        addresses={str(digest): str(language) for digest, language in values["addresses"].items()},
    )


def _ends_within_a_line(path: Path) -> bool:
    if not path.stat().st_size:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
