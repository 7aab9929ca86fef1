"""Where people live, work and are cared for: the countries, their regions, and the borders between them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.regions import Region


class Country(models.TextChoices):
    NL = "NL", _("Netherlands")
    DE = "DE", _("Germany")
    BE = "BE", _("Belgium")
    ELSEWHERE = "XX", _("Elsewhere")


COUNTRY_OF_REGION: dict[str, Country] = {
    Region.ZUID_LIMBURG: Country.NL,
    Region.NOORD_EN_MIDDEN_LIMBURG: Country.NL,
    Region.NETHERLANDS: Country.NL,
    Region.STAEDTEREGION_AACHEN: Country.DE,
    Region.DUEREN: Country.DE,
    Region.EUSKIRCHEN: Country.DE,
    Region.HEINSBERG: Country.DE,
    Region.GERMANY: Country.DE,
    Region.LIMBURG_BE: Country.BE,
    Region.LIEGE: Country.BE,
    Region.OSTBELGIEN: Country.BE,
    Region.BELGIUM: Country.BE,
    Region.ELSEWHERE: Country.ELSEWHERE,
}


class Border(models.TextChoices):
    """A pair of countries: what a cross-border story crosses."""

    NL_DE = "nl-de", _("Netherlands – Germany")
    NL_BE = "nl-be", _("Netherlands – Belgium")
    BE_DE = "be-de", _("Belgium – Germany")

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(self.value.upper().split("-"))


def country_code(countries: Iterable[str]) -> str:
    """The countries of a story as it is stored: "BE DE NL", in order of the alphabet, each once."""
    known = {Country.NL.value, Country.DE.value, Country.BE.value}
    return " ".join(sorted(known & set(countries)))


def codes_across(border: Border) -> list[str]:
    """Every stored value of a story that crosses ``border``: short enough to look up in an index."""
    countries = [Country.BE.value, Country.DE.value, Country.NL.value]
    return [
        country_code(chosen)
        for size in range(1, len(countries) + 1)
        for chosen in combinations(countries, size)
        if border.countries <= set(chosen)
    ]


def borders_of(code: str) -> list[Border]:
    """The borders that a story with the stored ``code`` crosses."""
    return [border for border in Border if border.countries <= set(code.split())]
