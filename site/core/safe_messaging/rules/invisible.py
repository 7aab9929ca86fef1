"""Signs that nobody sees: they turn the direction of writing, or hide what a text says."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from django.utils.translation import gettext_lazy as _

from core.safe_messaging.findings import Finding
from core.safe_messaging.matching import Text

# Controls but for line ends and tabs, and the marks that override a direction. Soft hyphens and joiners are letters' own.
HIDDEN = regex.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]")
REASON = _("this text holds hidden characters. Type it anew instead of pasting it.")


def find_invisible_signs(text: Text) -> Iterator[Finding]:
    found = HIDDEN.search(text.passage.text)
    if found:
        yield Finding(text.passage, "invisible", f"U+{ord(found[0]):04X}", REASON, blocks=True)
