"""Rich text as a tree of plain values, for a typesetter that knows no HTML.

A block is ``{"t": "p" | "h", "c": [inline]}`` or ``{"t": "ul" | "ol", "items": [[block]]}``; inline is
``{"t": "text", "s": str}``, ``{"t": "b" | "i", "c": [inline]}``, ``{"t": "a", "href": str, "c": [inline]}``,
``{"t": "br"}`` or ``{"t": "unsure"}``, the mark behind a value that is still to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, NavigableString, Tag

Node = dict[str, Any]

STRONG = {"b": "b", "strong": "b", "i": "i", "em": "i", "dt": "b"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = {
    "p",
    "ul",
    "ol",
    "div",
    "section",
    "dl",
    "dd",
    "dt",
    "figure",
    "figcaption",
    "blockquote",
    *HEADINGS,
}
LEFT_OUT = {"svg", "img", "script", "style", "form"}
LINKS = ("http://", "https://", "mailto:", "tel:")


def nodes_of(html: str, base_url: str) -> list[Node]:
    """The blocks of ``html``; links lead to absolute addresses, pictures and drawings are left out."""
    return _blocks(BeautifulSoup(html, "html.parser").children, base_url)


def _blocks(elements: Iterable[Any], base_url: str) -> list[Node]:
    blocks: list[Node] = []
    running: list[Node] = []

    def end_paragraph() -> None:
        if any(node["t"] != "text" or node["s"].strip() for node in running):
            blocks.append({"t": "p", "c": list(running)})
        running.clear()

    for element in elements:
        if not isinstance(element, Tag) or element.name not in BLOCKS:
            running += _inline(element, base_url)
            continue
        end_paragraph()
        blocks += _block(element, base_url)
    end_paragraph()
    return blocks


def _block(element: Tag, base_url: str) -> list[Node]:
    if element.name in ("ul", "ol"):
        items = [_blocks(item.children, base_url) for item in element.find_all("li", recursive=False)]
        return [{"t": element.name, "items": [item for item in items if item]}]
    if element.name in HEADINGS:
        return [{"t": "h", "c": _inlines(element.children, base_url)}]
    if element.name == "p":
        return _blocks_or_nothing(_inlines(element.children, base_url))
    if element.name == "dt":
        return _blocks_or_nothing([{"t": "b", "c": _inlines(element.children, base_url)}])
    return _blocks(element.children, base_url)


def _blocks_or_nothing(inline: list[Node]) -> list[Node]:
    return [{"t": "p", "c": inline}] if inline else []


def _inlines(elements: Iterable[Any], base_url: str) -> list[Node]:
    return [node for element in elements for node in _inline(element, base_url)]


def _inline(element: Any, base_url: str) -> list[Node]:
    if isinstance(element, NavigableString):
        text = re.sub(r"[ \t\r\n]+", " ", element)
        return [{"t": "text", "s": text}] if text and type(element) is NavigableString else []
    classes = element.get("class") or []
    if "fact__mark" in classes:
        return [{"t": "unsure"}]
    if element.name in LEFT_OUT or "visually-hidden" in classes:
        return []
    return [{"t": "br"}] if element.name == "br" else _with_children(element, base_url)


def _with_children(element: Tag, base_url: str) -> list[Node]:
    children = _inlines(element.children, base_url)
    if element.name in STRONG:
        return [{"t": STRONG[element.name], "c": children}]
    href = urljoin(base_url, str(element.get("href") or "")) if element.name == "a" else ""
    return [{"t": "a", "href": href, "c": children}] if href.startswith(LINKS) else children
