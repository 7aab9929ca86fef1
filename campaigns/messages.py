"""Sentences that a worker writes and people read later, each in their own language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override


def in_every_language(message: Any) -> dict[str, str]:
    """``message`` (a lazy translation) as {"nl": …, "de": …, "fr": …}."""
    texts = {}
    for code, __ in settings.LANGUAGES:
        with override(code):
            texts[code] = str(message)
    return texts


def in_language_of_reader(texts: dict[str, str]) -> str:
    """One of the texts that ``in_every_language`` made."""
    return texts.get((get_language() or "nl")[:2]) or texts.get("nl", "")
