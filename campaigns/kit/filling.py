"""What is in a kit: approved posts in the partner's languages that may be handed to partners, asked anew each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator, slugify
from django_tasks import task
from wagtail.images.models import Filter

from campaigns.actions.clearance import clearance_of
from campaigns.cards.drawing import Format
from campaigns.cards.models import QuoteCard
from campaigns.composing import share_content_of, short_address
from campaigns.kit.models import KitItem, PartnerKit
from campaigns.models import Post, ShortUrl
from core.models import CustomImage
from core.sharing import SharingUse
from core.tokens import filled_text

CROPS: dict[str, str] = {
    Format.SQUARE: "fill-1080x1080|format-jpeg",
    Format.PORTRAIT: "fill-1080x1350|format-jpeg",
    Format.STORY: "fill-1080x1920|format-jpeg",
    Format.LANDSCAPE: "fill-1200x628|format-jpeg",
}


def make_kit(campaign: Any, partner: Any, languages: list[str], email: str = "") -> PartnerKit:
    kit = PartnerKit(campaign=campaign, partner=partner, languages=languages, email=email)
    kit.renew_link()
    kit.save()
    fill_kit(kit)
    return kit


@transaction.atomic
def fill_kit(kit: PartnerKit) -> None:
    """Give every approved post of the kit's languages a place, and a short address of the partner's own."""
    posts = Post.objects.filter(
        campaign=kit.campaign, locale__language_code__in=kit.languages, live=True, erased_at=None
    ).select_related("page", "locale", "campaign")
    for post in posts:
        put_into(kit, post)


def put_into(kit: PartnerKit, post: Post) -> KitItem:
    item, __ = KitItem.objects.get_or_create(kit=kit, post=post)
    if not (post.page_id or post.link):
        return item
    values = {"page": post.page, "address": post.link, "parameters": parameters_of(kit, post)}
    if item.short_url is None:
        item.short_url = ShortUrl.objects.create(**values)
        item.save(update_fields=["short_url"])
    else:
        ShortUrl.objects.filter(kit_item=item).update(**values)
    return item


def parameters_of(kit: PartnerKit, post: Post) -> str:
    """What tells the visits that this partner brought by this post apart in any visitor statistics."""
    return urlencode(
        {
            "utm_source": slugify(kit.partner.name) or f"partner-{kit.partner_id}",
            "utm_medium": "partner",
            "utm_campaign": kit.campaign.slug,
            "utm_content": f"{post.language}-post-{post.pk}",
        }
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """One format of an item's picture: a ready card, or a crop round the focal point."""

    format: str
    image: CustomImage
    crop: str = ""

    @property
    def label(self) -> Any:
        return Format(self.format).label

    @property
    def extension(self) -> str:
        return "jpg" if self.crop else "png"

    @property
    def file(self) -> Any:
        return self.image.get_rendition(self.crop).file if self.crop else self.image.file

    def read(self) -> bytes:
        with self.file.open("rb") as file:
            content: bytes = file.read()
        return content


@dataclass(frozen=True, slots=True)
class Ready:
    """An item as the partner may use it now."""

    item: KitItem
    language: str
    title: str
    text: str
    link: str
    planned_at: datetime | None
    image: CustomImage | None
    alt: str
    note: str
    pictures: tuple[Picture, ...] = field(default=())

    @property
    def whole_text(self) -> str:
        return "\n\n".join(filter(None, [self.text, self.link]))

    @property
    def good_moment(self) -> datetime | None:
        """While it is still to come: after that, any moment is as good."""
        return self.planned_at if self.planned_at and self.planned_at > timezone.now() else None

    @property
    def name(self) -> str:
        """For files: what it is about, and in which language."""
        return f"{self.language}-{self.item.post_id}-{slugify(self.title)[:40] or 'post'}"


def ready_items(kit: PartnerKit) -> list[Ready]:
    """What a partner may use at this moment, by language. What its teller did not allow for partners is not there."""
    items = (
        kit.items.filter(withdrawn_at=None, post__live=True, post__erased_at=None)
        .filter(post__locale__language_code__in=kit.languages)
        .select_related("post__page", "post__locale", "post__campaign", "post__image", "short_url")
        .prefetch_related("post__targets__image")
    )
    cleared = (item for item in items if clearance_of(item.post, SharingUse.PARTNER_KIT).allowed)
    order = [code for code, __ in settings.LANGUAGES]
    return sorted((_ready(item) for item in cleared), key=lambda ready: order.index(ready.language))


def _ready(item: KitItem) -> Ready:
    post = item.post
    content = share_content_of(post.page)
    image, alt = _image_of(post)
    if image is None and content and content.image:
        image, alt = content.image, content.image_alt
    text = filled_text(post.text, post.language)
    return Ready(
        item=item,
        language=post.language,
        title=content.title if content else Truncator(text.split("\n")[0]).chars(80),
        text=text,
        link=short_address(item.short_url.code) if item.short_url else "",
        planned_at=post.planned_at,
        image=image,
        alt=alt if image else "",
        note=content.note if content else "",
        pictures=tuple(pictures_of(image)) if image else (),
    )


def _image_of(post: Post) -> tuple[CustomImage | None, str]:
    """The post's picture; where only an account has one of its own, that one, with its own words."""
    if post.image is None:
        for target in post.targets.all():
            if target.image is not None:
                return target.image, target.image_alt
    return post.image, post.image_alt


def pictures_of(image: CustomImage) -> Iterator[Picture]:
    """Every format there is. A quote card is never cropped: its other formats were made with it, or there are none."""
    card = QuoteCard.objects.filter(image=image.pk).first()
    if card is None:
        yield from (Picture(name, image, crop) for name, crop in CROPS.items())
        return
    together = QuoteCard.objects.filter(
        campaign=card.campaign_id, page=card.page_id, quote=card.quote, who=card.who, style=card.style
    ).select_related("image")
    found = {one.format: one.image for one in together}
    yield from (Picture(name, found[name]) for name in Format.values if name in found)


@task()
def make_crops(image_id: int) -> int:
    """Make the crops before a partner asks for them. Returns how many there are."""
    image = CustomImage.objects.filter(pk=image_id).first()
    if image is None or QuoteCard.objects.filter(image=image_id).exists():
        return 0
    return len(image.get_renditions(*[spec for crop in CROPS.values() for spec in Filter.expand_spec(crop)]))


def make_crops_later(images: Iterable[Any]) -> None:
    for pk in {pk for pk in images if pk is not None}:
        transaction.on_commit(partial(make_crops.enqueue, pk))
