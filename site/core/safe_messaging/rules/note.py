"""What somebody left behind in writing."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.safe_messaging.findings import Finding
from core.safe_messaging.matching import Text

REASON = _("a note that somebody left behind is not told about, nor quoted. Leave it out.")


def find_notes(text: Text) -> Iterator[Finding]:
    """Stops publishing when the text around it is about suicide, or when the words mean nothing else."""
    for match in text.matches("note"):
        sure = match.entry.alone == "block" or match.in_context
        if sure or match.entry.alone == "advice":
            yield Finding(text.passage, "note", match.found, REASON, blocks=sure)
