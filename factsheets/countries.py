"""Where rules differ, and what a reader tells about their own situation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.countries import Country


class Region(models.TextChoices):
    """Where rules differ within a country."""

    FLANDERS = "be_flanders", _("Flanders")
    WALLONIA = "be_wallonia", _("Wallonia")
    OSTBELGIEN = "be_ostbelgien", _("Ostbelgien")


@dataclass(frozen=True, slots=True)
class Situation:
    """In which country somebody is insured, works and lives; empty where they did not say."""

    insured: str = ""
    work: str = ""
    live: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Situation:
        """Reads an address such as ``?live=BE&work=NL&insured=NL``. What is no country counts as not said."""
        said = {name: query.get(name, "").upper() for name in ("insured", "work", "live")}
        return cls(**{name: value for name, value in said.items() if value in Country.values})

    @property
    def said(self) -> dict[str, str]:
        """What somebody did say, as the parameters of an address."""
        pairs = {"live": self.live, "work": self.work, "insured": self.insured}
        return {name: value for name, value in pairs.items() if value}

    @property
    def countries(self) -> list[Country]:
        """All three: first where somebody is insured, as that decides most, then works, then lives."""
        chosen = [Country(code) for code in (self.insured, self.work, self.live) if code]
        return list(dict.fromkeys([*chosen, *Country]))

    def roles_in(self, country: str) -> list[str]:
        """What the country is to this person, said to them."""
        roles = [
            (self.insured, _("You are insured here")),
            (self.work, _("You work here")),
            (self.live, _("You live here")),
        ]
        return [str(role) for code, role in roles if code == country]
