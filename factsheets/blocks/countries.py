"""The same matter in three countries, beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StructBlock, TextBlock

from factsheets.countries import Country, Region, Situation

from .guidance import FACT_FEATURES, ShortTextBlock


@dataclass(frozen=True, slots=True)
class Answer:
    """What holds in one country, and what is different in its regions."""

    country: Country
    text: Any
    regions: list[tuple[Region, Any]]
    roles: list[str]


class ComparedQuestionBlock(StructBlock):
    question = TextBlock(label=_("Question"), rows=1)
    nl = ShortTextBlock(label=_("The Netherlands"), required=False, default="")
    de = ShortTextBlock(label=_("Germany"), required=False, default="")
    be = ShortTextBlock(label=_("Belgium"), required=False, default="")
    be_flanders = ShortTextBlock(
        label=_("Belgium: what is different in Flanders"), required=False, default=""
    )
    be_wallonia = ShortTextBlock(
        label=_("Belgium: what is different in Wallonia"), required=False, default=""
    )
    be_ostbelgien = ShortTextBlock(
        label=_("Belgium: what is different in Ostbelgien"), required=False, default=""
    )


def answers_of(row: Any, situation: Situation) -> list[Answer]:
    """The answers to one question, those of the reader's own countries first."""
    regions = {Country.BE: [(region, row[region.value]) for region in Region if row[region.value]]}
    return [
        Answer(country, row[country.lower()], regions.get(country, []), situation.roles_in(country))
        for country in situation.countries
        if row[country.lower()] or regions.get(country)
    ]


class CountryComparisonBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=120)
    rows = ListBlock(ComparedQuestionBlock(label=_("Question")), label=_("Questions"))

    class Meta:
        label = _("Comparison by country")
        description = _(
            "The same questions answered for each country; the reader's own countries come first."
        )
        icon = "table"
        group = _("Countries")
        template = "factsheets/blocks/country_comparison.html"
        preview_value = {
            "title": "Waar begint u?",
            "rows": [
                {
                    "question": "Hebt u een verwijzing nodig?",
                    "nl": "<p>Voor behandeling wel.</p>",
                    "de": "<p>Voor een eerste gesprek niet.</p>",
                    "be": "<p>Voor de eerste lijn niet.</p>",
                    "be_flanders": "<p>Voor een CGG wel.</p>",
                }
            ],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        situation = context.get("situation") or Situation()
        rows = [(row["question"], answers_of(row, situation)) for row in value["rows"]]
        return {**context, "compared": rows, "anchor": slugify(value["title"])}


class CountrySectionBlock(StructBlock):
    """Stands beside sections of other countries: those that follow each other are sorted for the reader."""

    country = ChoiceBlock(label=_("Country"), choices=Country.choices)
    title = CharBlock(label=_("Title"), max_length=120)
    text = ShortTextBlock(label=_("Text"), features=["bold", "italic", "ol", "ul", "link", *FACT_FEATURES])

    class Meta:
        label = _("Section for one country")
        description = _("Text that holds in one country only. The reader's own countries come first.")
        icon = "site"
        group = _("Countries")
        template = "factsheets/blocks/country_section.html"
        preview_value = {
            "country": "BE",
            "title": "In België",
            "text": "<p>U hebt geen verwijzing nodig.</p>",
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        situation = context.get("situation") or Situation()
        return {**context, "roles": situation.roles_in(value["country"])}
