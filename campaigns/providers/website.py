"""The site's own updates pages: the network that needs no account and is always there.

The platform post itself is the message, shown by the site while its state is ``published``. So
nothing is called, publishing again changes nothing, and taking down is the state's change.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import (
    Capabilities,
    Followups,
    Limits,
    OutgoingPost,
    PublishResult,
    TextCount,
)
from campaigns.providers.messages import MessageProvider
from campaigns.providers.registry import register
from campaigns.providers.text import count_graphemes, normalise


@register
class WebsiteProvider(MessageProvider):
    """Publishes on the site itself. The address of the message is the caller's to compute."""

    identifier = "website"
    label = _("Website")
    limits = Limits(text=2_000, images=4, image_bytes=10_000_000, alt_text=2_000)
    capabilities = Capabilities(idempotent=True, delete=True, find=False, followups=Followups.BELOW)

    @classmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        return TextCount(used=count_graphemes(normalise(text)), limit=cls.limits.text)

    @classmethod
    def compose(cls, post: OutgoingPost) -> str:
        return normalise(post.text)

    def verify(self) -> str:
        return str(self.label)

    def publish(self, post: OutgoingPost) -> PublishResult:
        return PublishResult(remote_id=post.idempotency_key, url="")

    def find(self, post: OutgoingPost) -> PublishResult | None:
        """Always None: nothing is kept elsewhere, and publishing again is how to find out."""
        return None

    def delete(self, remote_id: str) -> None:
        pass

    def fetch_metrics(self, remote_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        return {}
