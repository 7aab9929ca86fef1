"""What makes a sheet trustworthy: sources, who paid, what is uncertain, what changed."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    DateBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)
from wagtail.blocks.stream_block import StreamBlockValidationError


class SentencesBlock(StreamBlock):
    """The sheet in a few sentences."""

    sentence = TextBlock(label=_("Sentence"), rows=2, max_length=300)


class PointsBlock(StreamBlock):
    point = TextBlock(label=_("What is not certain"), rows=2)


class SourceBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=250)
    publisher = CharBlock(label=_("Publisher"), max_length=250, required=False, default="")
    url = URLBlock(label=_("Address"), required=False, default="")
    accessed = DateBlock(
        label=_("Looked up on"),
        required=False,
        help_text=_("The day somebody compared the sheet with this source; empty when nobody did yet."),
    )

    class Meta:
        label = _("Source")
        icon = "doc-full"


class SourcesBlock(StreamBlock):
    source = SourceBlock()

    def clean(self, value: Any) -> Any:
        """A draft may wait for its sources; a sheet that goes online may not."""
        if self.required and not self.is_deferred_validation and not value:
            message = _("Name at least one source: readers must be able to see what the sheet rests on.")
            raise StreamBlockValidationError(non_block_errors=[message])
        return super().clean(value)


class ProjectBlock(StructBlock):
    """A funding notice is of a project and of its period, never of this site."""

    project = CharBlock(label=_("Project"), max_length=200)
    funder = CharBlock(label=_("Who paid"), max_length=250)
    starts_on = DateBlock(label=_("From"), required=False)
    ends_on = DateBlock(label=_("Until"), required=False)
    notice = TextBlock(label=_("Notice the funder asks for"), required=False, default="", rows=2)

    class Meta:
        label = _("Project")
        icon = "clipboard-list"


class FundingBlock(StreamBlock):
    project = ProjectBlock()


class ChangeBlock(StructBlock):
    day = DateBlock(label=_("Date"))
    text = TextBlock(label=_("What changed"), rows=2)
    matters = BooleanBlock(
        label=_("It matters to readers"),
        required=False,
        help_text=_("A translation that does not have it yet tells its readers so."),
    )

    class Meta:
        label = _("Change")
        icon = "history"


class ChangesBlock(StreamBlock):
    change = ChangeBlock()
