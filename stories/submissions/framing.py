"""For which campaign a story is told. Stories know no campaigns: the roof says which there are."""

from __future__ import annotations

from collections.abc import Callable

_names: list[Callable[[str], str]] = []


def name_campaigns_with(lookup: Callable[[str], str]) -> None:
    """``lookup`` gives the name of the campaign with that short name, or an empty text."""
    _names[:] = [lookup]


def campaign_name(slug: str) -> str:
    """The name of a campaign that exists; empty for every other word in an address."""
    return _names[0](slug) if slug and _names else ""
