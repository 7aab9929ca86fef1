from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock, StructValue, TextBlock, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError


class LinkValue(StructValue):
    @property
    def href(self) -> str:
        """The page in the reader's language where it exists there, else the address; empty for a dead link."""
        page = self.get("page")
        if page is None:
            return self.get("address") or ""
        localized = page.localized
        return (localized.url or "") if localized.live else ""


class CallToActionBlock(StructBlock):
    """An invitation with one link: to a page of the site, or to an address elsewhere."""

    text = TextBlock(label=_("Text"), required=False, default="")
    button = CharBlock(label=_("Text of the button"), max_length=80)
    page = PageChooserBlock(label=_("Page"), required=False)
    address = URLBlock(label=_("Address"), required=False, default="")

    class Meta:
        label = _("Call to action")
        description = _("An invitation with a button.")
        icon = "link"
        group = _("Text")
        template = "core/blocks/call_to_action.html"
        value_class = LinkValue
        preview_value = {
            "text": "Wilt u ook vertellen?",
            "button": "Vertel uw verhaal",
            "address": "https://example.org",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("address")):
            message = ValidationError(_("Choose a page or type an address: one of the two."))
            raise StructBlockValidationError(block_errors={"page": message})
        return cleaned
