"""What is looked at, and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class Kind(Enum):
    """Where readers meet a text. All but ``BODY`` is seen without choosing to read."""

    BODY = "body"
    TITLE = "title"
    ADDRESS = "address"
    IMAGE = "image"
    SHARED = "shared"

    @property
    def leaps_to_the_eye(self) -> bool:
        return self is not Kind.BODY


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in plain words. ``field`` is a field of the form; ``label`` its name for people.

    ``block`` is the id of the block it stands in, empty outside of a StreamField; ``part`` the field of that block.
    """

    text: str
    field: str
    label: Any = ""
    kind: Kind = Kind.BODY
    block: str = ""
    part: str = ""

    @property
    def stands_in(self) -> set[str]:
        """The names of the field and of the part of a block."""
        return {self.field, self.part} - {""}


@dataclass(frozen=True, slots=True)
class Finding:
    """``found`` as it stands in the text; ``better`` in the language of the text, empty when it is best left out."""

    passage: Passage
    rule: str
    found: str
    reason: Any
    better: str = ""
    blocks: bool = False

    @property
    def sentence(self) -> Any:
        """What was found, why it matters and what to write instead, as one line for people."""
        if self.better:
            return format_lazy(
                _("“{found}”: {reason} Better: {better}."),
                found=self.found,
                reason=self.reason,
                better=self.better,
            )
        return format_lazy(_("“{found}”: {reason}"), found=self.found, reason=self.reason)
