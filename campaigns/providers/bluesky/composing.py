"""Making a message into a record: mentions resolved, images and the card's picture uploaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.utils.text import format_lazy

from campaigns.providers.base import Failure, LinkCard, OutgoingImage, OutgoingPost, ProviderError
from campaigns.providers.bluesky.client import NETWORK, BlueskyClient, XrpcError
from campaigns.providers.bluesky.records import post_record
from campaigns.providers.bluesky.richtext import make_facets
from campaigns.providers.http import REFUSED
from campaigns.providers.images import UnreadableImage, fit

IMAGE_BYTES = 2_000_000  # app.bsky.embed.images#image
THUMB_BYTES = 1_000_000  # app.bsky.embed.external#external
IMAGE_SIDE = 2_000  # pixels: enough for any screen a post is read on


def make_record(
    post: OutgoingPost, text: str, client: BlueskyClient, reply: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The record to store for ``post``, whose composed text is ``text``. Raises ``ProviderError``.

    Calls the account's server, without putting anything there that people can see.
    """
    return post_record(
        text=text,
        created_at=post.created_at,
        language=post.language,
        facets=make_facets(text, _resolver(client)),
        tags=[tag.removeprefix("#") for tag in post.tags],
        embed=_embed(post, client),
        reply=reply,
    )


def _resolver(client: BlueskyClient) -> Callable[[str], str | None]:
    known: dict[str, str | None] = {}

    def resolve(handle: str) -> str | None:
        if handle not in known:
            known[handle] = _resolve_handle(handle, client)
        return known[handle]

    return resolve


def _resolve_handle(handle: str, client: BlueskyClient) -> str | None:
    try:
        answer = client.query("com.atproto.identity.resolveHandle", [("handle", handle)])
    except XrpcError as error:
        if error.failure is Failure.PERMANENT:
            return None
        raise
    did = answer.get("did")
    return did if isinstance(did, str) and did.startswith("did:") else None


def _embed(post: OutgoingPost, client: BlueskyClient) -> dict[str, Any] | None:
    if post.images:
        images = [_image(image, client) for image in post.images]
        return {"$type": "app.bsky.embed.images", "images": images}
    if post.link:
        return {"$type": "app.bsky.embed.external", "external": _card(post, client)}
    return None


def _image(image: OutgoingImage, client: BlueskyClient) -> dict[str, Any]:
    fitted = _fitted(image, IMAGE_BYTES)
    return {
        "image": _upload(fitted, client),
        "alt": image.alt.strip(),
        "aspectRatio": {"width": fitted.width, "height": fitted.height},
    }


def _card(post: OutgoingPost, client: BlueskyClient) -> dict[str, Any]:
    card = post.card or LinkCard(url=post.link, title=urlsplit(post.link).netloc)
    external: dict[str, Any] = {"uri": post.link, "title": card.title, "description": card.description}
    if card.image is not None:
        external["thumb"] = _upload(_fitted(card.image, THUMB_BYTES), client)
    return external


def _fitted(image: OutgoingImage, max_bytes: int) -> OutgoingImage:
    try:
        return fit(image, max_bytes=max_bytes, max_side=IMAGE_SIDE)
    except UnreadableImage:
        raise ProviderError(format_lazy(REFUSED, network=NETWORK), failure=Failure.PERMANENT) from None


def _upload(image: OutgoingImage, client: BlueskyClient) -> dict[str, Any]:
    """The blob to refer to in a record. Uploading again makes no second one: it is named by its content."""
    answer = client.procedure("com.atproto.repo.uploadBlob", data=image.content, mime_type=image.mime_type)
    blob = answer.get("blob")
    if not isinstance(blob, dict) or blob.get("$type") != "blob":
        raise client.unreadable()
    return blob
