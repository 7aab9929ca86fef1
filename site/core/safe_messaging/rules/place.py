"""Where it happened: places become known for it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.safe_messaging.findings import Finding
from core.safe_messaging.matching import Text

REASON = _("naming the place of a suicide can draw others there. Leave it out.")


def find_places(text: Text) -> Iterator[Finding]:
    """Stops publishing when the text around it is about suicide, or when the words mean nothing else."""
    for match in text.matches("place"):
        sure = match.entry.alone == "block" or match.in_context
        if sure or match.entry.alone == "advice":
            yield Finding(text.passage, "place", match.found, REASON, blocks=sure)
