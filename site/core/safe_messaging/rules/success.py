"""A death is no success, and having survived is no failure."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.safe_messaging.findings import Finding
from core.safe_messaging.matching import Text

REASON = _("a suicide is never a success, and surviving is never a failure.")


def find_success(text: Text) -> Iterator[Finding]:
    for match in text.matches("success"):
        if match.in_context:
            yield Finding(text.passage, "success", match.found, REASON, match.entry.better, blocks=True)
