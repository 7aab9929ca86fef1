"""LinkedIn's "little text": marks that mean something there are escaped, and hashtags have a form of their own.

https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
"""

from __future__ import annotations

import regex

_RESERVED = r"|{}@[]()<>#\*_~"
_ESCAPED = regex.compile("[" + regex.escape(_RESERVED) + "]")
_HASHTAG = regex.compile(r"(?<![\p{L}\p{N}_&])[#＃]([\p{L}\p{N}\p{M}_]*\p{L}[\p{L}\p{N}\p{M}_]*)")
_TEMPLATE = regex.compile(r"\{hashtag\|\\?[#＃]\|([^}]*)\}")
_BACKSLASHED = regex.compile(r"\\(.)", regex.DOTALL)


def escape(text: str) -> str:
    """``text`` as it has to be sent so that people see just that."""
    parts, end = [], 0
    for match in _HASHTAG.finditer(text):
        parts += [_escaped(text[end : match.start()]), "{hashtag|\\#|", _escaped(match.group(1)), "}"]
        end = match.end()
    return "".join([*parts, _escaped(text[end:])])


def unescape(commentary: str) -> str:
    """What people see of a commentary."""
    return _BACKSLASHED.sub(r"\1", _TEMPLATE.sub(lambda match: f"\\#{match.group(1)}", commentary))


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: f"\\{match.group()}", text)
