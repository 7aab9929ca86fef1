"""One cause for a suicide: it is nearly always more than one."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.safe_messaging.findings import Finding
from core.safe_messaging.matching import Text

REASON = _("a suicide nearly always has several causes. Look whether the sentence makes it one.")


def find_single_causes(text: Text) -> Iterator[Finding]:
    """Always advice: whether a sentence names a cause, a person decides."""
    for match in text.matches("single_cause"):
        if match.in_context:
            yield Finding(text.passage, "single_cause", match.found, REASON)
