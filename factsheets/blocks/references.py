"""Where to go on: forms, contacts, stories, downloads."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    EmailBlock,
    PageChooserBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock

from core.blocks.links import LinkValue

from .guidance import ShortTextBlock

FORMS = [
    ("S1", _("S1: insured in one country, living in another")),
    ("S2", _("S2: planned treatment in another country, with permission beforehand")),
    ("EHIC", _("European Health Insurance Card: care that cannot wait, during a stay")),
]


class FormBlock(StructBlock):
    kind = ChoiceBlock(label=_("Form"), choices=FORMS, required=False)
    name = CharBlock(label=_("Name, when it is another form"), required=False, default="", max_length=120)
    text = ShortTextBlock(label=_("What it is for"))
    where = ShortTextBlock(label=_("Where to ask for it"), required=False, default="")

    class Meta:
        label = _("Form")
        description = _("A form somebody needs: what it is for and where to get it.")
        icon = "form"
        group = _("References")
        template = "factsheets/blocks/form.html"
        preview_value = {"kind": "S1", "text": "<p>Zorg in twee landen.</p>"}


class ContactBlock(StructBlock):
    name = CharBlock(label=_("Name"), max_length=200)
    text = TextBlock(label=_("What they do"), required=False, default="", rows=2)
    phone = CharBlock(label=_("Phone"), required=False, default="", max_length=40)
    email = EmailBlock(label=_("E-mail"), required=False, default="")
    site = URLBlock(label=_("Site"), required=False, default="")
    hours = CharBlock(label=_("When"), required=False, default="", max_length=200)

    class Meta:
        label = _("Contact")
        description = _("Somebody to turn to.")
        icon = "user"
        group = _("References")
        template = "factsheets/blocks/contact.html"
        preview_value = {"name": "113", "text": "Praten over gedachten aan zelfdoding.", "phone": "0800-0113"}


class StoryBlock(StructBlock):
    text = TextBlock(label=_("Text"), required=False, default="", rows=2)
    page = PageChooserBlock(label=_("Story"))

    class Meta:
        label = _("Story")
        description = _("A life story that shows what the sheet is about.")
        icon = "openquote"
        group = _("References")
        template = "factsheets/blocks/story.html"
        value_class = LinkValue

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds the story in the reader's language, if it can be read there."""
        page = value["page"].localized.specific if value["page"] else None
        return {
            **super().get_context(value, parent_context=parent_context),
            "story": page if page and page.live else None,
        }


class DownloadBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    text = CharBlock(label=_("What it is"), max_length=200)

    class Meta:
        label = _("Download")
        description = _("A file to keep or print.")
        icon = "download"
        group = _("References")
        template = "factsheets/blocks/download.html"
