"""Facts that age: an amount, a number of weeks. Each of its values holds for a period and names its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from factsheets.countries import Country
from factsheets.values import TYPED, normal_value, said_value


class Unit(models.TextChoices):
    EURO = "EUR", _("euro")
    PERCENT = "percent", _("per cent")
    MINUTES = "minutes", _("minutes")
    WEEKS = "weeks", _("weeks")
    SESSIONS = "sessions", _("sessions")
    YEARS = "years", _("years")
    SITES = "sites", _("sites")
    NUMBER = "number", _("a number")


class Certainty(models.TextChoices):
    VERIFIED = "verified", _("found in a public source")
    TO_CHECK = "to_check", _("to be checked")


class Fact(index.Indexed, ClusterableModel):
    """Something with a value that changes from time to time. A text mentions it as ``{fact:key}``."""

    key = models.CharField(
        _("key"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z", _("Small letters, digits and _ only."))],
        help_text=_("How texts mention it, for example own_risk_nl."),
    )
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices, default=Unit.EURO)
    label_nl = models.CharField(_("name in Dutch"), max_length=250)
    label_de = models.CharField(_("name in German"), max_length=250)
    label_fr = models.CharField(_("name in French"), max_length=250)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Gets mail when a value is about to end or to be checked."),
    )

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("label_nl"), FieldPanel("label_de"), FieldPanel("label_fr")], heading=_("Name")
        ),
        FieldRowPanel([FieldPanel("key"), FieldPanel("country"), FieldPanel("unit")]),
        FieldPanel("owner"),
        InlinePanel("periods", heading=_("Values"), label=_("Value"), min_num=1),
    ]
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("key"),
        index.SearchField("label_nl"),
        index.SearchField("label_de"),
        index.SearchField("label_fr"),
        index.AutocompleteField("key"),
        index.AutocompleteField("label_nl"),
        index.FilterField("country"),
    ]

    class Meta:
        verbose_name = _("dated fact")
        verbose_name_plural = _("dated facts")
        ordering: ClassVar[list[str]] = ["country", "key"]

    def __str__(self) -> str:
        return self.label(get_language() or "nl")

    def label(self, language: str) -> str:
        return str(getattr(self, f"label_{language[:2]}", self.label_nl))

    def period_on(self, day: date) -> FactPeriod | None:
        return next((period for period in self.periods.all() if period.holds_on(day)), None)

    def last_period_before(self, day: date) -> FactPeriod | None:
        """The period that ended last before ``day``."""
        ended = [period for period in self.periods.all() if period.valid_until and period.valid_until < day]
        return max(ended, key=lambda period: period.valid_until, default=None)

    def next_period_after(self, day: date) -> FactPeriod | None:
        coming = [period for period in self.periods.all() if period.valid_from and period.valid_from > day]
        return min(coming, key=lambda period: period.valid_from, default=None)


class FactPeriod(models.Model):
    """One value of a fact, and from when until when it holds; both days are included, empty means open."""

    fact = ParentalKey(Fact, on_delete=models.CASCADE, related_name="periods")
    value = models.CharField(
        _("value"),
        max_length=40,
        validators=[RegexValidator(TYPED, _("A number such as 385 or 2.50, or a range such as 12–24."))],
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    certainty = models.CharField(
        _("how certain"), max_length=20, choices=Certainty.choices, default=Certainty.TO_CHECK
    )
    source = models.CharField(_("source"), max_length=250)
    source_url = models.URLField(_("address of the source"), blank=True)
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day somebody looked it up in the source; empty when nobody did yet."),
    )
    next_check_on = models.DateField(_("next check"), null=True, blank=True)
    note_nl = models.CharField(_("note in Dutch"), max_length=300, blank=True)
    note_de = models.CharField(_("note in German"), max_length=300, blank=True)
    note_fr = models.CharField(_("note in French"), max_length=300, blank=True)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("value"), FieldPanel("valid_from"), FieldPanel("valid_until")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
        FieldRowPanel([FieldPanel("certainty"), FieldPanel("checked_on"), FieldPanel("next_check_on")]),
        MultiFieldPanel(
            [FieldPanel("note_nl"), FieldPanel("note_de"), FieldPanel("note_fr")],
            heading=_("Note"),
            classname="collapsed",
        ),
    ]

    class Meta:
        verbose_name = _("value of a fact")
        verbose_name_plural = _("values of facts")
        ordering: ClassVar[list[str]] = ["valid_from", "pk"]

    def __str__(self) -> str:
        return self.value

    def clean(self) -> None:
        self.value = normal_value(self.value)
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("This day is before the first day.")})

    def holds_on(self, day: date) -> bool:
        return self._first <= day <= self._last

    def note(self, language: str) -> str:
        return str(getattr(self, f"note_{language[:2]}", self.note_nl))

    def said(self, language: str) -> str:
        """The value as a text in that language has it: ``€ 385`` in Dutch, ``385 €`` in German and French."""
        return said_value(self.value, self.fact.unit, language)

    @property
    def _first(self) -> date:
        return self.valid_from or date.min

    @property
    def _last(self) -> date:
        return self.valid_until or date.max

    def overlaps(self, other: FactPeriod) -> bool:
        return self._first <= other._last and other._first <= self._last


def overlapping(periods: Iterable[FactPeriod]) -> list[tuple[FactPeriod, FactPeriod]]:
    """The pairs of periods that share a day: each day has at most one value."""
    ordered = sorted(periods, key=lambda period: period._first)
    return [
        (earlier, later)
        for number, earlier in enumerate(ordered)
        for later in ordered[number + 1 :]
        if earlier.overlaps(later)
    ]


def today() -> date:
    """The day it is in the region: a value ends at midnight in Amsterdam, not in Greenwich."""
    return timezone.localdate()
