"""How a post will look on each account, as far as one can know without asking the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from campaigns.composing import card_content_of, draft_message, length_of
from campaigns.models import Post, SocialAccount
from campaigns.providers.base import TextCount

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import CustomImage


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
            time = target.own_time or timezone.now()
            previews.append(_preview(post, target.account, target.own_text, time))
    return previews


def _preview(post: Post, account: SocialAccount, text: str, time: datetime) -> Preview:
    content = card_content_of(post.page)
    message = draft_message(post, account, text)
    shown = post.image or (content.image if content else None)
    return Preview(
        account=account,
        text=account.provider_class.compose(message),
        time=time,
        count=length_of(post, account, text),
        link=message.link,
        link_title=content.title if content else (urlsplit(post.link).hostname or ""),
        card_text=content.text if content else "",
        host=urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc,
        image=shown if account.provider != "website" or post.image else None,
        image_alt=(post.image_alt if post.image else "") or (content.image_alt if content else ""),
    )
