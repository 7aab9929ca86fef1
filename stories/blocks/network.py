from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock, TextBlock


class NetworkMapBlock(StructBlock):
    """The place in the text for the map. Its people are kept with the story, so that they can be counted."""

    introduction = TextBlock(
        label=_("Introduction"),
        required=False,
        default="",
        max_length=400,
        help_text=_("What a reader may notice on the map. The people themselves are under “Network”."),
    )

    class Meta:
        label = _("Network map")
        description = _("The people around the teller, drawn as a map with a table.")
        icon = "group"
        group = _("Media")
        template = "stories/blocks/network_map.html"
        preview_value = {"introduction": "Dit zijn de mensen om mij heen."}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["introduction"] = value.get("introduction", "")
        if not getattr(context.get("page"), "people", None):
            context["page"] = None
        return context
