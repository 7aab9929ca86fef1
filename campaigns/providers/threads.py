"""An account on Threads."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import regex
from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import (
    Capabilities,
    CredentialField,
    Followups,
    Limits,
    OutgoingImage,
    OutgoingPost,
    Problem,
    PublishResult,
    TextCount,
)
from campaigns.providers.matching import Found
from campaigns.providers.meta.containers import ContainerProvider, too_many
from campaigns.providers.registry import register
from campaigns.providers.text import normalise

NETWORK = "Threads"
LINKS = 5

TOO_MANY_LINKS = _("{network} takes at most {limit} links in one message; this one has {used}.")

_LINK = regex.compile(r"https?://[^\s<>\"]+", regex.IGNORECASE)
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3")
_GRAPHEME = regex.compile(r"\X")


@register
class ThreadsProvider(ContainerProvider):
    identifier = "threads"
    label = NETWORK
    # https://developers.facebook.com/docs/threads/posts
    limits = Limits(text=500, images=20, image_bytes=8_000_000, alt_text=1_000)
    metrics = ("views", "likes", "replies", "reposts", "quotes", "shares")
    capabilities = Capabilities(
        idempotent=False, delete=True, find=True, metrics=metrics, followups=Followups.THREAD
    )
    credential_fields = (
        CredentialField("user_id", _("Number of the account")),
        CredentialField("access_token", _("Access token"), secret=True),
    )
    version = "v1.0"
    edge, publish_edge, quota_edge = "threads", "threads_publish", "threads_publishing_limit"
    status_field, text_field = "status", "text"
    listed_fields, listed_text = "id,text,permalink,timestamp", "text"
    token_prefix, token_host, dialog = "th", "threads", "threads-dialog"
    # The last two are for threads: https://developers.facebook.com/docs/threads/reply-management
    scope = (
        "threads_basic,threads_content_publish,threads_manage_insights,threads_delete,"
        "threads_manage_replies,threads_read_replies"
    )
    answer_fields = "id,text,permalink,timestamp,is_reply_owned_by_me"

    @classmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        return TextCount(used=count_threads(text), limit=cls.limits.text)

    @classmethod
    def _own_problems(cls, post: OutgoingPost, text: str) -> list[Problem]:
        return too_many("text", TOO_MANY_LINKS, cls.label, LINKS, len(set(_LINK.findall(text))))

    def _container_fields(self, image: OutgoingImage | None) -> dict[str, str]:
        if image is None:
            return {"media_type": "TEXT"}
        return {"media_type": "IMAGE", "image_url": image.url, "alt_text": image.alt.strip()}

    def _answering(self, earlier: Sequence[PublishResult]) -> dict[str, str]:
        return {"reply_to_id": earlier[-1].remote_id} if earlier else {}

    def _answers_to(self, remote_id: str) -> Iterator[Found]:
        for row in self._listed(f"/{remote_id}/replies", self.answer_fields):
            if row.get("is_reply_owned_by_me") is not False:
                yield self._found(row, remote_id)


def count_threads(text: str) -> int:
    """An emoji counts as its bytes in UTF-8, everything else as its code points in composed form."""
    sent = unicodedata.normalize("NFC", normalise(text))
    return sum(_weight(match.group()) for match in _GRAPHEME.finditer(sent))


def _weight(character: str) -> int:
    if _EMOJI.search(character) and not character.isascii():
        return len(character.encode("utf-8", "surrogatepass"))
    return len(character)
