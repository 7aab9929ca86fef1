"""Municipalities of the region: where people live and what services serve."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.countries import Country
from support.choices import Region

EARTH_RADIUS_KM = 6371.0


def coordinate_faults(latitude: float | None, longitude: float | None) -> dict[str, Any]:
    """What is wrong with a place on the map, by field: half of one, or one that is not on earth (WGS 84)."""
    if latitude is None and longitude is None:
        return {}
    if latitude is None or longitude is None:
        missing = "latitude" if latitude is None else "longitude"
        return {missing: _("A place on the map has a latitude and a longitude: give both or none.")}
    faults: dict[str, Any] = {}
    if not -90 <= latitude <= 90:
        faults["latitude"] = _("A latitude lies between -90 and 90, for example 50.8514.")
    if not -180 <= longitude <= 180:
        faults["longitude"] = _("A longitude lies between -180 and 180, for example 5.6910.")
    return faults


class Municipality(models.Model):
    """One that merged keeps its row and points at the one it went into, so that old lists still lead somewhere."""

    name = models.CharField(_("name"), max_length=100, help_text=_("As the municipality itself writes it."))
    name_nl = models.CharField(_("name in Dutch"), max_length=100, blank=True)
    name_de = models.CharField(_("name in German"), max_length=100, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    region = models.CharField(_("region"), max_length=40, choices=Region.choices)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "name", "country", name="municipality_once", violation_error_message=_("It is there already.")
            )
        ]

    def __str__(self) -> str:
        return str(getattr(self, f"name_{(get_language() or 'nl')[:2]}", "") or self.name)

    def clean(self) -> None:
        super().clean()
        faults = coordinate_faults(self.latitude, self.longitude)
        into = self.merged_into
        if into and (into.pk == self.pk or into.merged_into_id):
            faults["merged_into"] = _(
                "Choose the municipality that exists today, not one that merged itself."
            )
        if faults:
            raise ValidationError(faults)

    @property
    def current(self) -> Municipality:
        """Itself, or the municipality it became part of."""
        return self.merged_into or self

    def kilometres_to(self, other: Any) -> float | None:
        """In a straight line between the two centres (haversine formula); None when a place is not known."""
        if None in (self.latitude, self.longitude, other.latitude, other.longitude):
            return None
        here, there = radians(self.latitude or 0), radians(other.latitude)
        across = radians(other.longitude - (self.longitude or 0))
        square = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(across / 2) ** 2
        return 2 * EARTH_RADIUS_KM * asin(sqrt(square))
