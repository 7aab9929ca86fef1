"""The subject itself, where everybody sees it who passes by."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.safe_messaging.findings import Finding, Kind
from core.safe_messaging.matching import Text

REASON = _("keep suicide itself out of titles, addresses and pictures, where readers meet it unprepared.")
PLACES = (Kind.TITLE, Kind.ADDRESS, Kind.IMAGE)


def find_in_prominent_places(text: Text) -> Iterator[Finding]:
    """Advice: a sheet on prevention may say what it is about."""
    if text.passage.kind in PLACES:
        for found in text.topics():
            yield Finding(text.passage, "prominence", found, REASON)
            return
