"""What parts of this room add to a campaign's desk and to a post's editor. The room does not know its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.admin.widgets.button import HeaderButton

from campaigns.models import Campaign, Post


@dataclass(frozen=True, slots=True)
class PartTotal:
    """A figure of a part on the desk, under a name of its own: it is added to nothing else."""

    label: Any
    value: int
    note: Any


class ButtonsOfParts:
    """What one part adds. Each method yields only the buttons that this person may press."""

    def of_campaign(self, campaign: Campaign, user: Any) -> Iterable[HeaderButton]:
        return ()

    def of_post(self, post: Post, user: Any) -> Iterable[HeaderButton]:
        return ()

    def totals_of(self, campaign: Campaign) -> Iterable[PartTotal]:
        return ()


class Registry:
    def __init__(self) -> None:
        self._parts: list[ButtonsOfParts] = []

    def register(self, part: type[ButtonsOfParts]) -> type[ButtonsOfParts]:
        self._parts.append(part())
        return part

    def of_campaign(self, campaign: Campaign, user: Any) -> Iterator[HeaderButton]:
        for part in self._parts:
            yield from part.of_campaign(campaign, user)

    def of_post(self, post: Post, user: Any) -> Iterator[HeaderButton]:
        for part in self._parts:
            yield from part.of_post(post, user)

    def totals_of(self, campaign: Campaign) -> Iterator[PartTotal]:
        for part in self._parts:
            yield from part.totals_of(campaign)


more_buttons = Registry()
