from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StreamBlock, StructBlock, TextBlock


class PointsBlock(StreamBlock):
    """A short list, one line a point."""

    point = CharBlock(label=_("Point"), max_length=200, icon="list-ul")

    class Meta:
        max_num = 10


class MomentBlock(StructBlock):
    when = CharBlock(
        label=_("When"),
        max_length=60,
        help_text=_("As somebody would say it, “that autumn”: an exact date can tell who the teller is."),
    )
    text = TextBlock(label=_("What happened"), max_length=500)

    class Meta:
        label = _("Moment")
        icon = "history"


class TimelineBlock(StructBlock):
    """Moments in their order, with words for the time and without dates."""

    title = CharBlock(label=_("Title"), max_length=120, required=False, default="")
    moments = ListBlock(MomentBlock(), label=_("Moments"), min_num=2)

    class Meta:
        label = _("Timeline")
        description = _("What happened, moment after moment.")
        icon = "history"
        group = _("Text")
        template = "stories/blocks/timeline.html"
        preview_value = {
            "title": "Een jaar in het kort",
            "moments": [
                {"when": "Herfst", "text": "Ik sliep nog drie uur per nacht."},
                {"when": "Winter", "text": "Een collega vroeg hoe het echt met me ging."},
                {"when": "Lente", "text": "Mijn man ging mee naar een gesprek."},
            ],
        }
