"""Blocks of the home page and of the standing pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StreamBlock, StructBlock, TextBlock

from core.blocks import BodyBlock
from core.blocks.links import LinkValue
from support.blocks import GlossaryTermBlock, HelpLinesBlock, ServiceBlock


class DoorBlock(StructBlock):
    """One way into the site: a title, what is behind it, a link."""

    title = CharBlock(label=_("Title"), max_length=60)
    text = TextBlock(label=_("Text"), required=False, default="")
    link_text = CharBlock(label=_("Text of the link"), max_length=80)
    page = PageChooserBlock(label=_("Page"))

    class Meta:
        label = _("Door")
        description = _("A way into the site, with a line of text.")
        icon = "link"
        template = "drieklank/blocks/door.html"
        value_class = LinkValue
        preview_value = {
            "title": "Verhalen",
            "text": "Mensen vertellen over een moeilijke tijd.",
            "link_text": "Lees de verhalen",
        }


class DoorsBlock(StreamBlock):
    door = DoorBlock()


class StandardBodyBlock(BodyBlock):
    help_lines = HelpLinesBlock()
    service = ServiceBlock()
    glossary_term = GlossaryTermBlock()
