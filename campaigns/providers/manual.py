"""What a person does: a WhatsApp channel, a poster, a screen in the bus, a meeting.

At its time the message becomes a task with text, picture and link. Nothing is called, so nothing can be
doubled by us; who has done it says so, and types in how many people it reached.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import (
    Capabilities,
    Failure,
    Followups,
    Limits,
    OutgoingPost,
    ProviderError,
    PublishResult,
    TextCount,
)
from campaigns.providers.messages import MessageProvider
from campaigns.providers.registry import register
from campaigns.providers.text import count_graphemes

DO_IT = _("It is time: take this message to where it belongs, and then tick it off.")


@register
class ManualProvider(MessageProvider):
    """A channel without an API. Its name says which: "WhatsApp channel", "Screens in the bus"."""

    identifier = "manual"
    label = _("By hand")
    limits = Limits(text=5_000, images=4, image_bytes=10_000_000, alt_text=2_000)
    capabilities = Capabilities(idempotent=True, delete=False, find=False, followups=Followups.BELOW)
    by_hand = True

    @classmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        return TextCount(used=count_graphemes(text), limit=cls.limits.text)

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
