"""A service that people can turn to: one row, with its texts in three languages beside each other."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel

from support.choices import (
    COUNTRIES,
    EVERYWHERE,
    LINES,
    SPOKEN_CHOICES,
    Answer,
    Audience,
    Kind,
    Provenance,
    Region,
    SiteState,
    Status,
    Theme,
)
from support.codes import CodesField
from support.holidays import holiday_calendar
from support.hours import NotReadable, OpeningHours, parse_hours
from support.models.places import Municipality, coordinate_faults

CLOCKS = {"NL": "Europe/Amsterdam", "DE": "Europe/Berlin", "BE": "Europe/Brussels"}
CHECK_AFTER = timedelta(days=365)


def today() -> date:
    return timezone.localdate()


class SupportServiceQuerySet(models.QuerySet["SupportService"]):
    def lines(self) -> SupportServiceQuerySet:
        return self.filter(kind__in=LINES)

    def in_country(self, country: str) -> SupportServiceQuerySet:
        """Those of ``country`` and those of all countries; every one when ``country`` is empty."""
        return self.filter(country__in=[country, EVERYWHERE]) if country else self

    def serving(self, municipality: Municipality) -> SupportServiceQuerySet:
        """Those that name it, and those that serve its whole region or country."""
        place = municipality.current
        whole_region = Q(municipalities=None) & (
            Q(region=place.region) | Q(region="", country__in=[place.country, EVERYWHERE])
        )
        named = Q(municipalities=place) | Q(municipalities__merged_into=place)
        return self.filter(whole_region | named).distinct()

    def speaking(self, language: str) -> SupportServiceQuerySet:
        return self.filter(languages__contains=f",{language},") if language else self

    def about(self, theme: str) -> SupportServiceQuerySet:
        return self.filter(themes__contains=f",{theme},") if theme else self

    def open_at(self, moment: datetime) -> SupportServiceQuerySet:
        """Those known to be open; one query for the hours there are, however many services keep them."""
        kept = self.exclude(hours="").order_by().values_list("country", "hours").distinct()
        now_open = Q(pk=None)
        for country, hours in kept:
            if self.model(country=country, hours=hours).is_open(moment):
                now_open |= Q(country=country, hours=hours)
        return self.filter(now_open)

    def stale(self) -> SupportServiceQuerySet:
        """Not verified, or due to be looked at again, or with a site that does not answer."""
        return self.filter(
            Q(status=Status.TO_CHECK)
            | Q(next_check__isnull=True)
            | Q(next_check__lte=today())
            | Q(site_state=SiteState.DEAD)
        )

    def with_contacts(self) -> SupportServiceQuerySet:
        """What a card shows, in a fixed number of queries."""
        return self.prefetch_related("phones", "meetings", "municipalities")


def _text(label: Any, **kwargs: Any) -> models.TextField[str, str]:
    return models.TextField(label, blank=True, **kwargs)


class SupportService(ClusterableModel):
    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Stays the same for ever."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200, help_text=_("As the service itself writes it."))
    name_nl = models.CharField(_("what the name means, in Dutch"), max_length=200, blank=True)
    name_de = models.CharField(_("what the name means, in German"), max_length=200, blank=True)
    name_fr = models.CharField(_("what the name means, in French"), max_length=200, blank=True)
    description_nl = _text(_("description in Dutch"))
    description_de = _text(_("description in German"))
    description_fr = _text(_("description in French"))
    for_whom_nl = _text(_("who may use it, in Dutch"))
    for_whom_de = _text(_("who may use it, in German"))
    for_whom_fr = _text(_("who may use it, in French"))
    payment_nl = _text(_("who pays, in Dutch"))
    payment_de = _text(_("who pays, in German"))
    payment_fr = _text(_("who pays, in French"))

    country = models.CharField(_("country"), max_length=3, choices=COUNTRIES)
    region = models.CharField(_("region"), max_length=40, choices=Region.choices, blank=True)
    municipalities = ParentalManyToManyField(
        Municipality,
        verbose_name=_("municipalities"),
        blank=True,
        related_name="services",
        help_text=_("Leave empty when it serves the whole region, or the whole country."),
    )
    languages = CodesField(_("languages spoken"), choices=SPOKEN_CHOICES)
    audiences = CodesField(_("for whom"), choices=Audience.choices)
    themes = CodesField(_("themes"), choices=Theme.choices)
    is_free = models.CharField(
        _("free of charge"), max_length=10, choices=Answer.choices, default=Answer.UNKNOWN
    )
    self_referral = models.CharField(
        _("can be reached without a referral"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.UNKNOWN,
    )
    hours = models.CharField(
        _("opening hours"),
        max_length=255,
        blank=True,
        help_text=_(
            "24/7, or for example: Mo-Fr 09:00-17:00; Sa 22:00-02:00; PH off; Dec 24 09:00-12:00. "
            "PH is a public holiday. Leave empty when not known for certain."
        ),
    )
    has_chat = models.BooleanField(_("has a chat"), default=False)
    has_email = models.BooleanField(_("answers by e-mail"), default=False)
    email = models.EmailField(_("e-mail address"), blank=True)
    site = models.URLField(_("website"), blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, help_text=_("For the map, for example 50.8514.")
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        help_text=_(
            "For example 5.6910. Without a place of its own it stands in the middle of its municipality."
        ),
    )

    provenance = models.CharField(
        _("where this comes from"),
        max_length=20,
        choices=Provenance.choices,
        default=Provenance.GENERAL_KNOWLEDGE,
    )
    source = models.CharField(_("source"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.TO_CHECK)
    entered_on: models.DateField[date, date] = models.DateField(
        _("entered on"), default=today, editable=False
    )
    last_check: models.DateField[date | None, date | None] = models.DateField(
        _("last checked on"), null=True, blank=True
    )
    next_check: models.DateField[date | None, date | None] = models.DateField(
        _("to be checked again on"), null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(
        _("place in lists"), default=100, help_text=_("The lowest number comes first.")
    )
    site_checked_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True, editable=False
    )
    site_state = models.CharField(
        max_length=10, choices=SiteState.choices, default=SiteState.UNKNOWN, editable=False
    )
    site_fails_since: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True, editable=False
    )

    objects = SupportServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["position", "name", "pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["country", "kind", "position"])]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        faults: dict[str, Any] = coordinate_faults(self.latitude, self.longitude)
        if self.hours:
            try:
                parse_hours(self.hours)
            except NotReadable as error:
                faults["hours"] = str(error)
        if self.status == Status.VERIFIED and not self.last_check:
            faults["last_check"] = _("Say when it was checked: without a day it is not verified.")
        if self.last_check and self.last_check > today():
            faults["last_check"] = _("This day has not come yet.")
        if self.last_check and self.next_check and self.next_check <= self.last_check:
            faults["next_check"] = _("The next check comes after the last one.")
        if faults:
            raise ValidationError(faults)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.plan_next_check()
        super().save(*args, **kwargs)

    def plan_next_check(self) -> None:
        """A year after the last one, when nobody said otherwise."""
        if self.last_check and not self.next_check:
            self.next_check = self.last_check + CHECK_AFTER

    def in_language(self, field: str) -> str:
        """The text of ``field`` in the reader's language, empty when it was not written."""
        return str(getattr(self, f"{field}_{(get_language() or 'nl')[:2]}", ""))

    @property
    def name_explained(self) -> str:
        return self.in_language("name")

    @property
    def description(self) -> str:
        return self.in_language("description")

    @property
    def for_whom(self) -> str:
        return self.in_language("for_whom")

    @property
    def payment(self) -> str:
        return self.in_language("payment")

    def forget_site_state(self) -> None:
        """Another address is a website that nobody asked yet."""
        self.site_checked_at = self.site_fails_since = None
        self.site_state = SiteState.UNKNOWN

    @property
    def is_line(self) -> bool:
        return self.kind in LINES

    @property
    def is_verified(self) -> bool:
        return self.status == Status.VERIFIED

    @property
    def has_place(self) -> bool:
        """Whether it is known where exactly it is."""
        return self.latitude is not None and self.longitude is not None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(CLOCKS.get(self.country, "Europe/Amsterdam"))

    @property
    def opening_hours(self) -> OpeningHours | None:
        """None when they are not known, or when what stands there cannot be read."""
        try:
            return parse_hours(self.hours) if self.hours else None
        except NotReadable:
            return None

    def is_open(self, moment: datetime) -> bool:
        """Whether it is known to be open at ``moment``."""
        hours = self.opening_hours
        return hours is not None and hours.is_open(moment, self.zone, holiday_calendar(self.country))
