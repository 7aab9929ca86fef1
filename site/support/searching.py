"""What a citizen asks the directory, read from an address that can be shared, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Case, When
from django.utils.translation import gettext as _

from core.countries import Country
from support.choices import LINES, SPOKEN, Kind, Theme, language_name
from support.models import Municipality, SupportService
from support.models.services import SupportServiceQuerySet

NEARBY_KM = 30
NEARBY_SHOWN = 5


@dataclass(frozen=True)
class Search:
    """Every part may be empty; what is no country, theme or language of ours counts as not asked."""

    country: str = ""
    municipality: str = ""  # primary key
    theme: str = ""
    language: str = ""
    kind: str = ""
    open: str = ""  # "1": open now

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Search:
        known = {
            "country": Country.values,
            "theme": Theme.values,
            "language": SPOKEN,
            "kind": Kind.values,
            "open": ("1",),
        }
        asked = {name: query.get(name, "") for name in known}
        place = query.get("municipality", "")
        return cls(
            municipality=place if place.isascii() and place.isdigit() and len(place) < 10 else "",
            **{name: value for name, value in asked.items() if value in known[name]},
        )

    @property
    def asked(self) -> dict[str, str]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.asked)

    @cached_property
    def place(self) -> Municipality | None:
        found = Municipality.objects.select_related("merged_into")
        return found.filter(pk=self.municipality).first() if self.municipality else None

    def services(self) -> SupportServiceQuerySet:
        """Everything that fits, apart from the question whether it is open."""
        found = SupportService.objects.in_country(self.country).speaking(self.language).about(self.theme)
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.place:
            # What is near comes first; the lines, which are everywhere, after it.
            found = found.serving(self.place).order_by(
                Case(When(kind__in=LINES, then=1), default=0), "position", "name", "pk"
            )
        return found

    def found(self, moment: datetime) -> SupportServiceQuerySet:
        """What fits at ``moment``, in the order of the directory."""
        found = self.services()
        return found.open_at(moment) if self.open else found

    def results(self, moment: datetime) -> SupportServiceQuerySet:
        """The same, with all that a card shows."""
        return self.found(moment).with_contacts()

    def across_the_border(self) -> list[SupportService]:
        """Services in another country whose municipality lies near the reader's; three queries more."""
        here = self.place and self.place.current
        if here is None:
            return []
        others = Municipality.objects.exclude(country=here.country).filter(merged_into=None)
        near = [place for place in others if (here.kilometres_to(place) or NEARBY_KM + 1) <= NEARBY_KM]
        wider = replace(self, municipality="", country="")
        found = wider.services().filter(municipalities__in=near).distinct()
        return list(found.with_contacts()[:NEARBY_SHOWN]) if near else []

    def wider(self) -> list[tuple[str, str]]:
        """When nothing fits: the same question with one part less, in words, and its address."""
        labels = {
            "open": _("also what is closed now, or whose hours are not known"),
            "language": _("in any language"),
            "theme": _("about any theme"),
            "kind": _("every kind of help"),
            "municipality": _("in every municipality"),
            "country": _("in all three countries"),
        }
        return [
            (labels[name], "?" + replace(self, **{name: ""}).query) for name in labels if name in self.asked
        ]


def choices() -> dict[str, list[tuple[str, str]]]:
    """What the form offers, by the name of its field; one query."""
    places = Municipality.objects.filter(merged_into=None)
    return {
        "country": [(code, str(label)) for code, label in Country.choices],
        "municipality": sorted(((str(place.pk), str(place)) for place in places), key=lambda pair: pair[1]),
        "theme": [(code, str(label)) for code, label in Theme.choices],
        "language": sorted(((code, language_name(code)) for code in SPOKEN), key=lambda pair: pair[1]),
        "kind": [(code, str(label)) for code, label in Kind.choices],
    }
