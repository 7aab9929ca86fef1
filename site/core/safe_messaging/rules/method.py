"""How somebody died, or tried to: details are imitated."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.safe_messaging.findings import Finding
from core.safe_messaging.matching import Text

REASON = _("naming a method of suicide can bring readers to imitate it. Leave it out.")


def find_methods(text: Text) -> Iterator[Finding]:
    """Stops publishing when the text around it is about suicide, or when the words mean nothing else."""
    for match in text.matches("method"):
        sure = match.entry.alone == "block" or match.in_context
        if sure or match.entry.alone == "advice":
            yield Finding(text.passage, "method", match.found, REASON, blocks=sure)
