from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.cards.drawing import Format, Style


class QuoteCard(models.Model):
    """A picture of the library that was made from the words on a page, and lives no longer than their clearance.

    The page it came from is remembered, not copied: whether the card may be used is asked of the page each time.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="quote_cards"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    image = models.OneToOneField(
        "core.CustomImage", verbose_name=_("image"), on_delete=models.CASCADE, related_name="quote_card"
    )
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    style = models.CharField(_("style"), max_length=10, choices=Style.choices)
    language = models.CharField(_("language"), max_length=2)
    quote = models.TextField(_("quote"))
    who = models.CharField(_("who says it"), max_length=120, blank=True)
    alt = models.CharField(_("what the image shows"), max_length=1000)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("quote card")
        verbose_name_plural = _("quote cards")
        ordering: ClassVar[list[Any]] = ["-made_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["campaign", "page", "quote", "who", "style", "format"], name="cards_card_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quote} ({self.get_format_display()})"
