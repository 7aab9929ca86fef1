from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock


class FigureBlock(StructBlock):
    """An image with what it shows, told in the language of the page, and who made it."""

    image = ImageChooserBlock(label=_("Image"))
    alt_text = CharBlock(
        label=_("What the image shows"),
        max_length=500,
        help_text=_("For people who cannot see it: one or two sentences, without “image of”."),
    )
    caption = CharBlock(label=_("Caption"), required=False, default="", max_length=300)
    credit = CharBlock(
        label=_("Credit"),
        required=False,
        default="",
        max_length=200,
        help_text=_("Leave empty to use the credit kept with the image."),
    )

    class Meta:
        label = _("Image")
        description = _("A picture with its description and credit.")
        icon = "image"
        group = _("Media")
        template = "core/blocks/figure.html"

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "image": get_image_model().objects.order_by("pk").first(),
                "alt_text": "Een pad tussen heuvels",
                "caption": "Het pad over de grens",
                "credit": "",
            }
        )
