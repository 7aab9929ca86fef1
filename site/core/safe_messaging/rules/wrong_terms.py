"""Words that make suicide a crime or a choice."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.safe_messaging.findings import Finding
from core.safe_messaging.matching import Text

REASON = _(
    "this word comes from the time when suicide was a crime or a sin, and it hurts those who are left."
)


def find_wrong_terms(text: Text) -> Iterator[Finding]:
    """Stops publishing for the terms that are never used, and for the others where they leap to the eye."""
    for match in text.matches("wrong_terms"):
        if match.entry.needs and not match.in_context:
            continue
        blocks = match.entry.always or text.passage.kind.leaps_to_the_eye
        yield Finding(text.passage, "wrong_terms", match.found, REASON, match.entry.better, blocks)
