"""Blocks that bring the support directory into a text. Rooms above add them to their own bodies."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, StructBlock

from support.choices import COUNTRIES
from support.showing import help_lines


class HelpLinesBlock(StructBlock):
    """The help lines of one country as they stand in the directory today: no number is copied into a text."""

    country = ChoiceBlock(label=_("Country"), choices=COUNTRIES)

    class Meta:
        label = _("Help lines")
        description = _("The help lines of one country, from the support directory.")
        icon = "help"
        group = _("Help")
        template = "support/blocks/help_lines.html"
        preview_value = {"country": "NL"}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        lines = help_lines(get_language() or "", value["country"], exactly=True)
        return {**super().get_context(value, parent_context=parent_context), "lines": lines}
