"""Making quote cards: only of words that stand on the page, and only while the page may be shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaigns.cards.drawing import Format, Style, Words, check_words, draw_card, palette_of
from campaigns.cards.models import QuoteCard
from campaigns.cards.typefaces import cleaned
from campaigns.composing import share_content_of
from campaigns.models import Campaign
from core.models import CustomImage
from core.quoting import is_said_on
from core.sharing import Clearance, SharingUse

if TYPE_CHECKING:
    from core.models import User


def clearance_to_quote(page: Page) -> Clearance:
    """Whether words of ``page`` may go on a card: what is shared on social media may."""
    specific = page.specific
    if not hasattr(specific, "get_share_clearance"):
        return Clearance(
            (_("This kind of page is not shared. Choose a story, an info sheet or another page."),)
        )
    clearance: Clearance = specific.get_share_clearance(SharingUse.SOCIAL_MEDIA)
    return clearance


def check_quote(page: Page, quote: str) -> None:
    """Raises ``ValidationError`` for words that do not stand on the page, or may not be shared."""
    clearance = clearance_to_quote(page)
    if not clearance.allowed:
        raise ValidationError(list(clearance.reasons))
    if not is_said_on(page.specific, quote):
        raise ValidationError(_("These words do not stand on the page. A quote is word for word."))


@transaction.atomic
def make_cards(
    campaign: Campaign,
    page: Page,
    quote: str,
    *,
    who: str = "",
    style: Style = Style.COLOUR,
    formats: Iterable[Format] = tuple(Format),
    user: User | None = None,
) -> list[QuoteCard]:
    """One card a format, in the language of the page; those that are there already are given back.

    Raises ``ValidationError`` when the words may not be used or cannot be drawn.
    """
    quote, who = cleaned(quote), cleaned(who)
    check_quote(page, quote)
    words = words_of(campaign, page, quote, who)
    check_words(words)
    palette = palette_of(style, campaign.brand_colour)
    known = QuoteCard.objects.filter(campaign=campaign, page=page, quote=quote, who=who, style=style)
    by_format = {card.format: card for card in known.select_related("image")}
    cards = []
    for image_format in formats:
        card = by_format.get(image_format)
        if card is None:
            content = draw_card(words, image_format, palette, logo_of(campaign))
            image = _store(words, image_format, content, user)
            card = QuoteCard.objects.create(
                campaign=campaign,
                page=page,
                image=image,
                format=image_format,
                style=style,
                language=words.language,
                quote=quote,
                who=who,
                alt=alt_of(words),
            )
        cards.append(card)
    return cards


def logo_of(campaign: Campaign) -> bytes:
    """The campaign's logo as a PNG no larger than a card needs; empty without one."""
    if campaign.logo is None:
        return b""
    with campaign.logo.get_rendition("max-800x400|format-png").file.open("rb") as file:
        content: bytes = file.read()
    return content


def words_of(campaign: Campaign, page: Page, quote: str, who: str) -> Words:
    content: Any = share_content_of(page)
    return Words(
        quote=quote, language=page.locale.language_code, who=who, note=content.note, campaign=campaign.name
    )


def alt_of(words: Words) -> str:
    """What the picture says, for those who cannot see it: in the language of the quote."""
    with override(words.language):
        alt = gettext("A card with a quote: {quote}").format(quote=words.quote)
        about = ", ".join(filter(None, [words.who, words.note]))
        return (f"{alt} – {about}" if about else alt)[:1000]


def _store(words: Words, image_format: Format, content: bytes, user: User | None) -> CustomImage:
    with override(words.language):
        kind = str(Format(image_format).label)
    short = words.quote if len(words.quote) <= 60 else f"{words.quote[:57].rstrip()}…"
    name = f"quote-{slugify(words.quote)[:40] or 'card'}-{words.language}-{image_format}.png"
    image: CustomImage = CustomImage.objects.create(
        title=f"{short} – {kind}",
        file=ContentFile(content, name=name),
        uploaded_by_user=user,
    )
    return image
