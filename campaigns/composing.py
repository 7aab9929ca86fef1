"""From a post as people write it to a message as a network takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from wagtail.models import Page

from campaigns.models.crops import Crop
from campaigns.models.short_urls import CODE_LENGTH, CODE_LETTERS
from campaigns.providers.base import (
    Followups,
    LinkCard,
    OutgoingImage,
    OutgoingPost,
    Problem,
    Steps,
    TextCount,
)
from campaigns.providers.text import normalise
from core.sharing import ShareContent
from core.tokens import filled_text

if TYPE_CHECKING:
    from campaigns.models import PlatformPost, Post, PostTarget, ShortUrl, SocialAccount
    from core.models import CustomImage

# The smallest GIF: one dot.
DOT = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


def share_content_of(page: Page | None) -> ShareContent | None:
    """What a page offers to be shared, or None for a page that offers nothing."""
    specific = page.specific if page else None
    return specific.get_share_content() if specific and hasattr(specific, "get_share_content") else None


def card_content_of(page: Page | None) -> ShareContent | None:
    """The same, with dated facts and other tokens said as they are today."""
    content = share_content_of(page)
    return replace(content, text=filled_text(content.text, content.language)) if content else None


def short_address(code: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/s/{code}"


def full_address(post: Post, account: SocialAccount) -> str:
    """The page's own address with what tells the visits of this post and account apart; "" without a link."""
    address = (post.page.full_url or "") if post.page else post.link
    if not address:
        return ""
    parts = urlsplit(address)
    query = "&".join(filter(None, [parts.query, counted_parameters(post, account)]))
    return urlunsplit(parts._replace(query=query))


def counted_parameters(post: Post, account: SocialAccount) -> str:
    """What tells the visits of one post and account apart in any visitor statistics."""
    return urlencode(
        {
            "utm_source": account.provider,
            "utm_medium": "social",
            "utm_campaign": post.campaign.slug,
            "utm_content": "-".join(filter(None, [account.language, str(account.pk), str(post.pk or "")])),
        }
    )


def problems_of(target: PostTarget) -> list[Problem]:
    """Why this network would refuse the post as it stands, found without asking it."""
    return target.account.provider_class.problems(draft_message(target), target.account.limits)


def length_of(target: PostTarget) -> TextCount:
    """How long the post is on this account, its link included where the network needs it in the text."""
    provider = target.account.provider_class
    return provider.count(provider.compose(draft_message(target)), target.account.limits)


def lengths_of_parts(target: PostTarget) -> list[TextCount]:
    """The same for every part of it, the post itself first."""
    provider, draft = target.account.provider_class, draft_message(target)
    texts = [provider.compose(draft), *(normalise(text) for text in draft.followups)]
    return [provider.count(text, target.account.limits) for text in texts]


def words_of(target: PostTarget) -> tuple[str, list[str]]:
    """The text on this account and the parts that follow it, or all as one text where they stand below each other."""
    text, followups = target.own_text, target.own_followups
    if followups and target.account.provider_class.capabilities.followups is Followups.BELOW:
        return "\n\n".join([normalise(text), *followups]), []
    return text, followups


def text_on(target: PostTarget) -> str:
    """The text as it is planned on this account."""
    return words_of(target)[0]


def draft_message(target: PostTarget) -> OutgoingPost:
    """The message as it would leave, with a link as long as the real one and stand-ins for its pictures.

    Pictures are not read: the library let in only what it could read, and every form would wait for it.
    """
    post, account, image = target.post, target.account, target.own_image
    link = short_address(CODE_LETTERS[0] * CODE_LENGTH) if target.leads_somewhere else ""
    images: tuple[OutgoingImage, ...] = ()
    if image:
        width, height = Crop(target.crop).size or (image.width, image.height)
        images = (OutgoingImage(DOT, "image/gif", target.own_image_alt, width, height),)
    content = card_content_of(post.page) if link and not images else None
    text, followups = words_of(target)
    return OutgoingPost(
        text=filled_text(text, account.language),
        followups=tuple(filled_text(followup, account.language) for followup in followups),
        language=account.language,
        idempotency_key="",
        created_at=datetime(2000, 1, 1, tzinfo=UTC),
        link=link,
        full_link=full_address(post, account) if link else "",
        images=images,
        card=LinkCard(url=link, title=content.title, description=content.text) if content else None,
    )


def outgoing_post(platform_post: PlatformPost) -> OutgoingPost:
    """The message as it leaves: the approved text with its pictures read from the library."""
    post = platform_post.post
    short_url: ShortUrl | None = getattr(platform_post, "short_url", None)
    link = short_address(short_url.code) if short_url else ""
    images = (
        (read_image(platform_post.image, platform_post.image_alt, Crop(platform_post.image_crop)),)
        if platform_post.image is not None
        else ()
    )
    return OutgoingPost(
        text=platform_post.text,
        followups=tuple(platform_post.followups),
        language=platform_post.account.language,
        idempotency_key=platform_post.idempotency_key,
        created_at=platform_post.dated_at,
        link=link,
        full_link=full_address(post, platform_post.account) if link else "",
        images=images,
        card=link_card(post.page, link) if link and not images else None,
        steps=Steps(dict(platform_post.steps), platform_post.keep_steps),
    )


def read_image(image: CustomImage, alt: str, crop: Crop = Crop.WHOLE) -> OutgoingImage:
    rendition = image.get_rendition(crop.filter)
    with rendition.file.open("rb") as file:
        content = file.read()
    return OutgoingImage(
        content, "image/jpeg", alt, rendition.width, rendition.height, url=rendition.full_url
    )


def link_card(page: Page | None, link: str) -> LinkCard | None:
    content = card_content_of(page)
    if content is None:
        return None
    image = read_image(content.image, content.image_alt) if content.image else None
    return LinkCard(url=link, title=content.title, description=content.text, image=image)
