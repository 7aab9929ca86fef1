from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

HEX_COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits, such as #1b5e57."))


class Partner(models.Model):
    """A municipality or organisation that carries a campaign along."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    website = models.URLField(_("website"), blank=True)
    is_confirmed = models.BooleanField(
        _("has confirmed that it takes part"),
        default=False,
        help_text=_("Only then is it named on the pages of its campaigns."),
    )
    logo = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering: ClassVar[list[Any]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    """What several posts say together, over a period, with partners."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(
        _("short name"),
        max_length=60,
        unique=True,
        help_text=_("Stands in the addresses that are counted: small letters, digits and hyphens."),
    )
    aim = models.TextField(_("aim"), blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    brand_colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[HEX_COLOUR],
        help_text=_("For its pages, such as #1b5e57."),
    )
    hashtags = models.CharField(
        _("hashtags"), max_length=255, blank=True, help_text=_("Without #, with spaces between them.")
    )
    funding_notice = models.TextField(
        _("funding notice"), blank=True, help_text=_("Who pays for this campaign, and in which period.")
    )
    partners = models.ManyToManyField(
        Partner, verbose_name=_("partners"), blank=True, related_name="campaigns"
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering: ClassVar[list[Any]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="campaigns_campaign_ends_after_start",
                violation_error_message=_("The campaign ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The campaign ends before it starts.")})

    def runs_on(self, day: date) -> bool:
        """Whether ``day`` lies in its period; an open end is no limit."""
        return (not self.starts_on or self.starts_on <= day) and (not self.ends_on or day <= self.ends_on)
