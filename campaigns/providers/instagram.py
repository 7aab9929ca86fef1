"""A professional account on Instagram (Instagram API with Instagram login)."""

from __future__ import annotations

import regex
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import (
    Capabilities,
    CredentialField,
    Limits,
    OutgoingImage,
    OutgoingPost,
    Problem,
    TextCount,
)
from campaigns.providers.meta.containers import ContainerProvider, too_many
from campaigns.providers.meta.graph import VERSION
from campaigns.providers.registry import register
from campaigns.providers.text import count_utf16, normalise

NETWORK = "Instagram"
HASHTAGS = 30  # a caption with more is refused
MENTIONS = 20
NARROWEST, WIDEST = 4 / 5, 1.91  # width : height

NEEDS_IMAGE = _("{network} takes no message without a picture. Choose one.")
WRONG_SHAPE = _(
    "{network} takes no picture as tall or as wide as image {number}: at most 4:5 upright and 1.91:1 across. "
    "Choose or crop another one."
)
TOO_MANY_TAGS = _("{network} takes at most {limit} hashtags in one message; this one has {used}.")
TOO_MANY_MENTIONS = _("{network} takes at most {limit} mentions in one message; this one has {used}.")

_TAG = regex.compile(r"(?<![\p{L}\p{N}_&])[#＃](?=[\p{L}\p{N}\p{M}_]*\p{L})[\p{L}\p{N}\p{M}_]+")
_MENTION = regex.compile(r"(?<![\w.@])@[A-Za-z0-9_](?:[A-Za-z0-9_.]*[A-Za-z0-9_])?")


@register
class InstagramProvider(ContainerProvider):
    identifier = "instagram"
    label = NETWORK
    needs_image = True
    # https://developers.facebook.com/docs/instagram-platform/content-publishing
    limits = Limits(text=2_200, images=10, image_bytes=8_000_000, alt_text=1_000)
    metrics = ("views", "reach", "likes", "comments", "saved", "shares")
    capabilities = Capabilities(idempotent=False, delete=True, find=True, metrics=metrics)
    credential_fields = (
        CredentialField("user_id", _("Number of the account")),
        CredentialField("access_token", _("Access token"), secret=True),
    )
    version = VERSION
    edge, publish_edge, quota_edge = "media", "media_publish", "content_publishing_limit"
    status_field, text_field = "status_code", "caption"
    listed_fields, listed_text = "id,caption,permalink,timestamp", "caption"
    token_prefix, token_host, dialog = "ig", "instagram-token", "instagram-dialog"
    scope = "instagram_business_basic,instagram_business_content_publish,instagram_business_manage_insights"

    @classmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        return TextCount(used=count_utf16(normalise(text)), limit=cls.limits.text)

    @classmethod
    def _own_problems(cls, post: OutgoingPost, text: str) -> list[Problem]:
        problems = too_many("text", TOO_MANY_TAGS, cls.label, HASHTAGS, len(_TAG.findall(text)))
        problems += too_many("text", TOO_MANY_MENTIONS, cls.label, MENTIONS, len(_MENTION.findall(text)))
        if not post.images:
            problems.append(Problem("image", format_lazy(NEEDS_IMAGE, network=cls.label)))
        for number, image in enumerate(post.images, start=1):
            if image.height and not NARROWEST - 0.01 <= image.width / image.height <= WIDEST + 0.01:
                problems.append(Problem("image", format_lazy(WRONG_SHAPE, network=cls.label, number=number)))
        return problems

    def _container_fields(self, image: OutgoingImage | None) -> dict[str, str]:
        assert image is not None  # noqa: S101 - ``problems`` refused a message without one
        return {"image_url": image.url, "alt_text": image.alt.strip()}
