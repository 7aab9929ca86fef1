"""Tokens in running text, such as ``{fact:own_risk_nl}``: what stands there is looked up when somebody reads.

A room that owns a kind of token registers how it is said; whoever shows a text fills it. A token is plain text,
so it goes through translation, exports and every network's own text field unharmed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.dispatch import Signal
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

TOKEN = re.compile(r"\{([a-z]+):([a-z0-9_]+)\}")
_TAG_OR_TOKEN = re.compile(r"<[^<>]*>|" + TOKEN.pattern)


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the place of a token: as plain text, and as safe HTML."""

    text: str
    html: str


Filler = Callable[[set[str], str], Mapping[str, Said]]
"""From keys and a language to what stands there. A key that is not known is left out."""

_fillers: dict[str, Filler] = {}


def register_tokens(kind: str, filler: Filler) -> None:
    _fillers[kind] = filler


def tokens_in(text: str) -> set[tuple[str, str]]:
    """The (kind, key) of every token in ``text`` whose kind somebody registered."""
    return {(kind, key) for kind, key in TOKEN.findall(text) if kind in _fillers}


def filled_text(text: str, language: str) -> str:
    """``text`` with its tokens said in ``language``, all plain."""
    said = _look_up(tokens_in(text), language)
    return TOKEN.sub(
        lambda match: said[match[1], match[2]].text if match.groups() in said else match[0], text
    )


def filled_html(html: str, language: str) -> SafeString:
    """Safe ``html`` with its tokens said in ``language``. One look-up for each kind, however many tokens."""
    said = _look_up(tokens_in(html), language)

    def fill(match: re.Match[str]) -> str:
        if match[1] is None:  # a tag: an attribute takes no markup
            return TOKEN.sub(in_attribute, match[0])
        return said[match[1], match[2]].html if (match[1], match[2]) in said else match[0]

    def in_attribute(match: re.Match[str]) -> str:
        return escape(said[match[1], match[2]].text) if (match[1], match[2]) in said else match[0]

    return mark_safe(_TAG_OR_TOKEN.sub(fill, html) if said else html)  # noqa: S308 - safe before, and escaped


def _look_up(tokens: Iterable[tuple[str, str]], language: str) -> dict[tuple[str, str], Said]:
    keys: dict[str, set[str]] = {}
    for kind, key in tokens:
        keys.setdefault(kind, set()).add(key)
    with override(language):
        unknown = Said(text=_("being checked"), html=str(escape(_("being checked"))))
        return {
            (kind, key): found.get(key, unknown)
            for kind in keys
            for found in [_fillers[kind](keys[kind], language)]
            for key in keys[kind]
        }


token_changed = Signal()
"""Sent with ``kind`` and ``key`` when a token will say something else from now on: receivers make anew what they
keep of texts that mention it."""
