"""What checks find: one sentence about one field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from campaigns.models import PostTarget


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one field; ``target`` is the account it concerns, when it concerns one.

    ``field`` is a field of the target when ``on_target`` is true, else of the post.
    """

    field: str
    message: Any
    target: PostTarget | None = None
    on_target: bool = False
    is_error: bool = True


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_error]


def warnings_in(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.is_error]
