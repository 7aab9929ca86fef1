"""The contract between pages and campaigns: what a page offers to be shared, and whether it may be.

Pages implement ``Shareable``; campaigns ask for it. Neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from django.dispatch import Signal

if TYPE_CHECKING:
    from core.models import CustomImage


class SharingUse(Enum):
    """For what a page is shared; a teller may agree to one and not to another."""

    WEB = "web"
    PRINT = "print"
    SOCIAL_MEDIA = "social_media"
    PARTNER_KIT = "partner_kit"


@dataclass(frozen=True, slots=True)
class ShareContent:
    """What a message about a page starts from. ``url`` is absolute; ``language`` is nl, de or fr.

    ``note`` is what everybody has to be told who sees its words elsewhere, such as that a story is an example.
    """

    title: str
    text: str
    url: str
    image: CustomImage | None
    image_alt: str
    language: str
    hashtags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clearance:
    """Whether a page may be shared now; if not, ``reasons`` holds translated sentences for staff.

    ``may_return`` tells a page that is offline for now from one that must never be shared again.
    """

    reasons: tuple[Any, ...] = ()
    may_return: bool = True

    @property
    def allowed(self) -> bool:
        return not self.reasons


@runtime_checkable
class Shareable(Protocol):
    def get_share_content(self) -> ShareContent: ...

    def get_share_clearance(self, use: SharingUse) -> Clearance: ...


clearance_withdrawn = Signal()
"""Sent with ``pages`` (a list of pages) and ``uses`` (a set of ``SharingUse``) when a page must not be
shared any more, by whoever withdraws: receivers cancel what is planned and take down what is out.

With ``withdrawal`` (a UUID; otherwise None) the pages are erased for good: receivers also erase every text and
picture that was made from them, keep the UUID with what they have, and answer ``traces_asked`` for it. It may be
sent again for the same withdrawal.
"""


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of something that was made from a withdrawn page.

    ``place`` names the network and account. ``to_do`` is a translated sentence while something is left to do
    (the network is busy, or a person has to act), and then ``removed_at`` is None.
    """

    place: str
    url: str = ""
    removed_at: datetime | None = None
    to_do: Any = ""


traces_asked = Signal()
"""Sent with ``withdrawal`` (a UUID). Receivers return a list of ``Trace``."""
