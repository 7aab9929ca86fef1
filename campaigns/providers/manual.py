"""What a person does: a WhatsApp channel, a poster, a screen in the bus, a meeting.

At its time the message becomes a task with text, picture and link. Nothing is called, so nothing can be
doubled by us; who has done it says so, and types in how many people it reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import (
    Capabilities,
    Failure,
    Limits,
    OutgoingPost,
    Problem,
    ProviderError,
    PublishResult,
    SocialProvider,
    TextCount,
)
from campaigns.providers.checks import image_problems, link_problems, text_problems
from campaigns.providers.registry import register
from campaigns.providers.text import count_graphemes, with_link

DO_IT = _("It is time: take this message to where it belongs, and then tick it off.")


@register
class ManualProvider(SocialProvider):
    """A channel without an API. Its name says which: "WhatsApp channel", "Screens in the bus"."""

    identifier = "manual"
    label = _("By hand")
    limits = Limits(text=5_000, images=4, image_bytes=10_000_000, alt_text=2_000)
    capabilities = Capabilities(idempotent=True, delete=False, find=False)
    by_hand = True

    @classmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        return TextCount(used=count_graphemes(text), limit=cls.limits.text)

    @classmethod
    def compose(cls, post: OutgoingPost) -> str:
        return with_link(post.text, post.link)

    @classmethod
    def problems(cls, post: OutgoingPost, limits: Limits | None = None) -> list[Problem]:
        text = cls.compose(post)
        return [
            *text_problems(post, text, cls.count(text), cls.label),
            *link_problems(post),
            *image_problems(post, cls.limits, cls.label),
        ]

    @classmethod
    def new_idempotency_key(cls, now: datetime) -> str:
        return uuid4().hex

    def verify(self) -> str:
        return str(self.label)

    def publish(self, post: OutgoingPost) -> PublishResult:
        """Always hands the message to a person. Raises ``ProviderError``."""
        raise ProviderError(DO_IT, failure=Failure.PERSON)

    def find(self, post: OutgoingPost) -> PublishResult | None:
        """Always None: nothing was called, so nothing can be out without a person knowing."""
        return None

    def delete(self, remote_id: str) -> None:
        pass

    def fetch_metrics(self, remote_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        return {}
