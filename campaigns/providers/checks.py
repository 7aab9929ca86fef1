"""What every network asks of a message, checked before anything is sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import Limits, OutgoingPost, Problem, TextCount
from campaigns.providers.images import UnreadableImage, check_readable
from campaigns.providers.text import count_graphemes, is_sendable


def text_problems(post: OutgoingPost, text: str, count: TextCount, network: Any) -> list[Problem]:
    """``text`` is the composed text of ``post`` and ``count`` its length in characters."""
    if not text and not post.images:
        return [Problem("text", _("The message is empty. Write a text."))]
    if not is_sendable(text):
        return [Problem("text", _("The text holds half a character that cannot be sent. Type it anew."))]
    if count.left < 0:
        message = _(
            "The message is {used} characters long, its link included; {network} takes at most {limit}."
        )
        return [Problem("text", format_lazy(message, used=count.used, network=network, limit=count.limit))]
    return []


def image_problems(post: OutgoingPost, limits: Limits, network: Any) -> list[Problem]:
    """Too many, unreadable, without alternative text or with too much of it."""
    problems = []
    if len(post.images) > limits.images:
        message = _("{network} takes at most {limit} images for one message; this one has {used}.")
        text = format_lazy(message, network=network, limit=limits.images, used=len(post.images))
        problems.append(Problem("image", text))
    for number, image in enumerate(post.images, start=1):
        if image.content and not _is_readable(image.content):
            message = _("Image {number} cannot be read. Choose another file: JPEG, PNG, WebP or GIF.")
            problems.append(Problem("image", format_lazy(message, number=number)))
        if not image.alt.strip():
            message = _("Image {number} has no alternative text. Say in words what can be seen on it.")
            problems.append(Problem("image_alt", format_lazy(message, number=number)))
        elif count_graphemes(image.alt) > limits.alt_text:
            message = _(
                "The alternative text of image {number} is too long; {network} takes at most {limit} characters."
            )
            text = format_lazy(message, number=number, network=network, limit=limits.alt_text)
            problems.append(Problem("image_alt", text))
    return problems


def _is_readable(content: bytes) -> bool:
    try:
        check_readable(content)
    except UnreadableImage:
        return False
    return True


def link_problems(post: OutgoingPost) -> list[Problem]:
    """A link is a whole web address."""
    if not post.link:
        return []
    try:
        parts = urlsplit(post.link)
        usable = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not set(post.link) & set(" \t\r\n")
        )
    except ValueError:
        usable = False
    if usable:
        return []
    return [Problem("link", _("The link is not a web address. Write it whole, from https:// on."))]
