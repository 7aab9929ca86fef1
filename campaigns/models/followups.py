"""What a post goes on to say: its first reply, or a thread."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import TextBlock
from wagtail.fields import StreamField

MOST = 24  # so that a thread has 25 parts at most: X shows no more at once
LONGEST = 5_000  # characters, as a post's own text


class FollowupBlock(TextBlock):
    class Meta:
        icon = "comment"
        label = _("Next part")


def followups_field(help_text: Any) -> StreamField:
    return StreamField(
        [("text", FollowupBlock(max_length=LONGEST, rows=3))],
        verbose_name=_("first reply or thread"),
        blank=True,
        max_num=MOST,
        help_text=help_text,
    )


def texts_in(followups: Iterable[Any]) -> list[str]:
    """The further texts in their order, without those that say nothing."""
    texts = (str(block.value or "").strip() for block in followups)
    return [text for text in texts if text]
