"""Somebody's own words on a page: which are set apart as quotes, and whether a sentence stands there as it was said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‑": "-"}
)


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    who: str = ""


def quotes_on(page: Page) -> list[Quote]:
    """The quotes that are set apart on a page (of its own type), in their order, each once."""
    found: dict[str, Quote] = {}
    for stream in _streams(page):
        for block in stream:
            if block.block_type == "quote":
                text = " ".join(block.value["quote"].split())
                found.setdefault(text, Quote(text, str(block.value.get("attribution") or "").strip()))
    return list(found.values())


def is_said_on(page: Page, words: str) -> bool:
    """Whether ``words`` stand on the page word for word. Kinds of quotation marks, spaces and dashes do not matter."""
    said = _plain(words)
    return bool(said) and any(said in _plain(text) for text in _texts(page))


def _streams(page: Page) -> Iterator[StreamValue]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield getattr(page, field.name)


def _texts(page: Page) -> Iterator[str]:
    yield page.title
    yield str(getattr(page, "summary", ""))
    for stream in _streams(page):
        for block in stream:
            texts: list[Any] = block.block.get_searchable_content(block.value)
            yield " ".join(str(text) for text in texts)


def _plain(text: str) -> str:
    """Letters to compare by: single spaces, none before or after quotation marks, one kind of each mark."""
    text = unicodedata.normalize("NFC", text).translate(_MARKS).casefold()
    return re.sub(r'\s*"\s*', '"', " ".join(text.split())).strip(" \"'…")
