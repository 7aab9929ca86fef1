"""Advice on plain language beside the text, from the version that was saved last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from wagtail.admin.panels import Panel
from wagtail.blocks import StreamValue

from core.tokens import filled_text
from factsheets.readability import Readability, Sentence, measure, sentences_in

SPLIT_AFTER = ["p", "li", "h2", "h3", "h4", "dt", "dd"]


def readability_of(page: Any) -> Readability | None:
    return measure(_sentences(page.body, page.locale.language_code), page.locale.language_code)


def _sentences(body: StreamValue, language: str) -> Iterator[Sentence]:
    for block in body:
        for text in block.block.get_searchable_content(block.value):
            yield from sentences_in(filled_text(_plain(text), language), block.id or "")


def _plain(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(SPLIT_AFTER):
        element.append("\n")
    return soup.get_text()


class ReadabilityPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "factsheets/admin/readability.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "readability": readability_of(self.instance)}
