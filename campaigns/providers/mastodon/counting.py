"""How long a text is on Mastodon (its ``StatusLengthValidator``): characters as readers see them, a link as 23,
and of ``@user@server`` only ``@user``."""

from __future__ import annotations

import regex

from campaigns.providers.text import count_graphemes, normalise

# Only a whole address is a link there; a name without https:// counts as the letters it has.
_LINK = regex.compile(r"(?<![\p{L}\p{N}@＠$#＃])https?://[^\s<>\"“”«»]+", regex.IGNORECASE)
_BEHIND_LINK = ".,;:!?…'‘’\")]}"
_MENTION = regex.compile(
    r"(?<![\p{L}\p{N}=/])@([A-Za-z0-9_]+(?:[A-Za-z0-9_.-]+[A-Za-z0-9_]+)?)@[\p{L}\p{N}.-]*[\p{L}\p{N}]"
)


def count_characters(text: str, url_length: int) -> int:
    """The characters of ``text`` with any link counted as ``url_length``."""
    links = 0

    def without_link(match: regex.Match[str]) -> str:
        nonlocal links
        address = match.group()
        kept = _end_of_link(address)
        if "." not in address[:kept] and "localhost" not in address[:kept]:
            return address
        links += 1
        return address[kept:]

    rest = _LINK.sub(without_link, normalise(text))
    return count_graphemes(_MENTION.sub(r"@\1", rest)) + links * url_length


def _end_of_link(address: str) -> int:
    """Where the link ends and the sentence's own marks begin; a bracket opened inside belongs to it."""
    end = len(address)
    while end and address[end - 1] in _BEHIND_LINK:
        if address[end - 1] == ")" and address.count("(", 0, end) >= address.count(")", 0, end):
            break
        end -= 1
    return end
