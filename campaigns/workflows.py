"""Which steps a post takes before it goes out. A part of this room may choose others than the usual ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import Workflow

    from campaigns.models import Post

Chooser = Callable[["Post"], "Workflow | None"]
CHOOSERS: list[Chooser] = []


def chooses_workflow(chooser: Chooser) -> Chooser:
    """Registers ``chooser``, which gives the steps of a post, or None for the usual ones."""
    CHOOSERS.append(chooser)
    return chooser


def chosen_workflow(post: Post) -> Workflow | None:
    return next((workflow for chooser in CHOOSERS if (workflow := chooser(post))), None)
