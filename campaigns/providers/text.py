"""Counting text the way readers and networks do: by what looks like one character."""

from __future__ import annotations

import regex

_GRAPHEME = regex.compile(r"\X")


def normalise(text: str) -> str:
    """The text as it is sent: line ends as ``\\n`` (a browser's form sends ``\\r\\n``), no blank edges."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def count_graphemes(text: str) -> int:
    """Extended grapheme clusters (Unicode UAX #29): a family emoji or a letter with its accents is one."""
    return sum(1 for _match in _GRAPHEME.finditer(text))


def count_utf16(text: str) -> int:
    """UTF-16 code units: the way of counting of networks that count in JavaScript or Java, and never too few."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def with_link(text: str, link: str) -> str:
    """The text with the link below it, unless it holds the link already."""
    text = normalise(text)
    return text if not link or link in text else f"{text}\n\n{link}".strip()


def is_sendable(text: str) -> bool:
    """Whether ``text`` has a UTF-8 form; half a surrogate pair has none."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
