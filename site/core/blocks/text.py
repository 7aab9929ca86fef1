from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, TextBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(CharBlock):
    """A heading within the page: always one level below the title."""

    class Meta:
        label = _("Heading")
        description = _("A heading between two parts of the text.")
        icon = "title"
        group = _("Text")
        template = "core/blocks/heading.html"
        preview_value = "De brug over de Geul"


class ParagraphsBlock(RichTextBlock):
    class Meta:
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        icon = "pilcrow"
        group = _("Text")
        template = "core/blocks/text.html"
        preview_value = "<p>Iedere ochtend fietst ze over de grens. Niemand vraagt naar haar paspoort.</p>"


class QuoteBlock(StructBlock):
    quote = TextBlock(label=_("Quote"))
    attribution = CharBlock(label=_("Who says it"), required=False, default="")

    class Meta:
        label = _("Quote")
        description = _("Somebody's own words, set apart.")
        icon = "openquote"
        group = _("Text")
        template = "core/blocks/quote.html"
        preview_value = {"quote": "Ik hoefde het niet alleen te doen.", "attribution": "Mila"}
