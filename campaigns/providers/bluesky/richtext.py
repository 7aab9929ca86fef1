"""Links, hashtags and mentions in a text, as Bluesky wants them told (``app.bsky.richtext.facet``).

A facet points at bytes of the UTF-8 text. The server takes facets that overlap or point past the
end, and clients then show a broken message: they are checked here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

import regex

from campaigns.providers.text import count_graphemes

TAG_GRAPHEMES = 64  # app.bsky.richtext.facet#tag: maxGraphemes
TAG_BYTES = 640  # and its maxLength
HANDLE_CHARACTERS = 253  # a handle is a host name

# A name without https:// in front is a link when it ends as names in this region do: more endings
# would make links of words that lack a space after the full stop.
BARE_ENDINGS = "nl|de|be|fr|lu|eu|org|com|net|info"

_START = r"(?<![^\s(\[{«„“‚‘\"'])"
_END = r"(?![\p{L}\p{N}\p{M}-])"
_LABEL = r"[\p{L}\p{N}]++(?:-++[\p{L}\p{N}]++)*+"
_ADDRESS = r"[^\s<>\"“”„«»]"
_PATH = rf"(?:[/?]{_ADDRESS}*)?"
_HANDLE_LABEL = r"[a-zA-Z0-9]++(?:-++[a-zA-Z0-9]++)*+"

_LINK = regex.compile(rf"{_START}https?://{_ADDRESS}+")
_NAME = regex.compile(
    rf"{_START}(?:www(?:\.{_LABEL}){{2,}}|{_LABEL}(?:\.{_LABEL})*?\.(?:{BARE_ENDINGS})(?!\.{_LABEL})){_END}{_PATH}"
)
_TAG = regex.compile(rf"{_START}[#＃](?![\ufe0f\u20e3])([^\s#＃\u00ad\u200b\u2060]+)")
_MENTION = regex.compile(rf"{_START}@({_HANDLE_LABEL}(?:\.{_HANDLE_LABEL})++){_END}")
_TRAILING_PUNCTUATION = regex.compile(r"\p{P}+$")
_WORDLIKE = regex.compile(r"[^\d\s\p{P}\p{M}\p{Cf}]")

_CLOSING = {")": "(", "]": "[", "}": "{"}
_AFTER_LINK = ".,;:!?…'‘’"


@dataclass(frozen=True, slots=True)
class Feature:
    """A stretch of text that means something; ``start`` and ``end`` count characters of the string."""

    start: int
    end: int
    kind: Literal["link", "tag", "mention"]
    value: str


def find_features(text: str) -> list[Feature]:
    """All of them in order, none overlapping another: of two that do, the earlier in the text stays."""
    found = sorted(
        [*_links(text), *_tags(text), *_mentions(text)], key=lambda feature: (feature.start, -feature.end)
    )
    kept: list[Feature] = []
    for feature in found:
        if not kept or feature.start >= kept[-1].end:
            kept.append(feature)
    return kept


def make_facets(text: str, resolve: Callable[[str], str | None]) -> list[dict[str, Any]]:
    """Facets for ``text``. ``resolve`` turns a handle into a DID, or None: then it stays plain text."""
    facets: list[dict[str, Any]] = []
    for feature in find_features(text):
        meaning = _meaning(feature, resolve)
        if meaning is None:
            continue
        start = len(text[: feature.start].encode())
        end = start + len(text[feature.start : feature.end].encode())
        facets.append({"index": {"byteStart": start, "byteEnd": end}, "features": [meaning]})
    check_facets(text, facets)
    return facets


def check_facets(text: str, facets: Sequence[dict[str, Any]]) -> None:
    """Raises ``ValueError`` unless each is within the text, whole characters, and clear of the others."""
    raw = text.encode()
    free_from = 0
    for facet in facets:
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        if not free_from <= start < end <= len(raw):
            raise ValueError(f"facet {start}-{end} overlaps another or leaves the text of {len(raw)} bytes")
        raw[start:end].decode()
        free_from = end


def _meaning(feature: Feature, resolve: Callable[[str], str | None]) -> dict[str, str] | None:
    if feature.kind == "link":
        return {"$type": "app.bsky.richtext.facet#link", "uri": feature.value}
    if feature.kind == "tag":
        return {"$type": "app.bsky.richtext.facet#tag", "tag": feature.value}
    did = resolve(feature.value)
    return {"$type": "app.bsky.richtext.facet#mention", "did": did} if did else None


def _links(text: str) -> Iterator[Feature]:
    for pattern, scheme in ((_LINK, ""), (_NAME, "https://")):
        for match in pattern.finditer(text):
            shown = _without_closing(match.group())
            if _is_address(scheme + shown):
                yield Feature(match.start(), match.start() + len(shown), "link", scheme + shown)


def _without_closing(address: str) -> str:
    """``address`` without the sentence's own marks behind it; a bracket opened inside belongs to it."""
    while address:
        last = address[-1]
        unopened = last in _CLOSING and address.count(last) > address.count(_CLOSING[last])
        if last not in _AFTER_LINK and not unopened:
            break
        address = address[:-1]
    return address


def _is_address(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _tags(text: str) -> Iterator[Feature]:
    for match in _TAG.finditer(text):
        tag = _TRAILING_PUNCTUATION.sub("", match.group(1))
        if _WORDLIKE.search(tag) and count_graphemes(tag) <= TAG_GRAPHEMES and len(tag.encode()) <= TAG_BYTES:
            yield Feature(match.start(), match.start(1) + len(tag), "tag", tag)


def _mentions(text: str) -> Iterator[Feature]:
    for match in _MENTION.finditer(text):
        handle = match.group(1).lower()
        # The last label of a host name does not begin with a digit.
        if len(handle) <= HANDLE_CHARACTERS and handle.rpartition(".")[2][0].isalpha():
            yield Feature(match.start(), match.end(), "mention", handle)
