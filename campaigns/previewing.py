"""How a post will look on each account, as far as one can know without asking the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from campaigns.composing import card_content_of, draft_message, lengths_of_parts
from campaigns.models import Post, PostTarget, SocialAccount
from campaigns.models.crops import Crop
from campaigns.providers.base import Followups, TextCount

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import CustomImage


@dataclass(frozen=True, slots=True)
class Part:
    """One further part of a thread."""

    text: str
    count: TextCount


@dataclass(frozen=True, slots=True)
class Preview:
    """One message: ``text`` as it leaves, then either its own image or the card of what it links to."""

    account: SocialAccount
    text: str
    time: datetime
    count: TextCount
    link: str = ""
    link_title: str = ""
    card_text: str = ""
    host: str = ""
    image: CustomImage | None = None
    image_alt: str = ""
    is_own_image: bool = False
    picture: Any = None  # the image as it leaves, cut to its shape
    parts: tuple[Part, ...] = ()  # what follows it as a thread

    @property
    def picture_first(self) -> bool:
        """Networks of pictures show them above the words."""
        return self.account.provider == "instagram"

    @property
    def is_website(self) -> bool:
        return self.account.provider == "website"


def previews_of(post: Post, account_pk: str = "") -> list[Preview]:
    """One preview for each account of the post, or for the one with this key."""
    targets = [target for target in post.targets.all() if target.account_id]
    previews = []
    for target in targets:
        if account_pk in ("", str(target.account_id)):
            target.post = post
            previews.append(_preview(target))
    return previews


def _preview(target: PostTarget) -> Preview:
    post, account, message = target.post, target.account, draft_message(target)
    content = card_content_of(post.page) if target.leads_somewhere else None
    own = target.own_image
    count, *counts = lengths_of_parts(target)
    has_threads = account.provider_class.capabilities.followups is Followups.THREAD
    shown = own or (content.image if content else None)
    return Preview(
        account=account,
        text=account.provider_class.compose(message),
        time=target.own_time or timezone.now(),
        count=count,
        link=message.link,
        link_title=content.title if content else (urlsplit(post.link).hostname or ""),
        card_text=content.text if content else "",
        host=urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc,
        image=shown if account.provider != "website" or own else None,
        image_alt=target.own_image_alt or (content.image_alt if content and not own else ""),
        is_own_image=own is not None,
        parts=tuple(map(Part, message.followups, counts)) if has_threads else (),
        picture=shown.get_rendition(Crop(target.crop).filter) if own and shown else None,
    )
