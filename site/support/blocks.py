"""Blocks that bring the support directory into a text. Rooms above add them to their own bodies."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, StructBlock

from support.admin.choosing import ServiceChooserBlock
from support.choices import COUNTRIES
from support.glossary import glossary_address, sorted_terms
from support.models import GlossaryTerm
from support.showing import cards_of, help_lines


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


class ServiceBlock(StructBlock):
    """One service as it stands in the directory today."""

    service = ServiceChooserBlock(label=_("Service"))

    class Meta:
        label = _("Service")
        description = _("One service from the support directory: what changes there changes here.")
        icon = "help"
        group = _("Help")
        template = "support/blocks/help_lines.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        service = value["service"]
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "lines": cards_of([service]) if service else []}


def term_choices() -> list[tuple[str, str]]:
    return [(term.key, term.word) for term in sorted_terms()]


class GlossaryTermBlock(StructBlock):
    """One word as the glossary explains it today."""

    term = ChoiceBlock(label=_("Word"), choices=term_choices)

    class Meta:
        label = _("Word of the glossary")
        description = _("A word with its explanation and what each country calls it, from the glossary.")
        icon = "openquote"
        group = _("Help")
        template = "support/blocks/term.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        term = GlossaryTerm.objects.prefetch_related("countries").filter(key=value["term"]).first()
        address = glossary_address((get_language() or "nl")[:2])
        return {
            **super().get_context(value, parent_context=parent_context),
            "term": term,
            "address": address,
        }
