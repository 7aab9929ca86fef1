from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from core.regions import Region

from .choices import ChoiceListField

HEX_COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits, such as #1b5e57."))
WITHOUT_SIGN = _("Without #, with spaces between them.")


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


class Campaign(ClusterableModel):
    """What several posts say together, over a period, with partners.

    One row for all languages. What citizens read about it stands on its pages, translated like every page.
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(
        _("short name"),
        max_length=60,
        unique=True,
        help_text=_("Stands in the addresses that are counted: small letters, digits and hyphens."),
    )
    aim = models.TextField(
        _("aim"), blank=True, help_text=_("For the team. Citizens read the aim on the campaign’s page.")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    languages = ChoiceListField(
        _("languages"),
        blank=True,
        options=settings.LANGUAGES,
        help_text=_(
            "A post that lacks one of these versions is shown as incomplete. None chosen: all three."
        ),
    )
    regions = ChoiceListField(_("regions"), blank=True, options=Region.choices)
    brand_colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[HEX_COLOUR],
        help_text=_("For its pages, such as #1b5e57. Text in it is made as dark or light as reading needs."),
    )
    brand_accent = models.CharField(
        _("second colour"),
        max_length=7,
        blank=True,
        validators=[HEX_COLOUR],
        help_text=_("For lines and marks."),
    )
    logo = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown on white beside the title; the title says the name already."),
    )
    hashtags = models.CharField(_("hashtags in Dutch"), max_length=255, blank=True, help_text=WITHOUT_SIGN)
    hashtags_de = models.CharField(
        _("hashtags in German"), max_length=255, blank=True, help_text=WITHOUT_SIGN
    )
    hashtags_fr = models.CharField(
        _("hashtags in French"), max_length=255, blank=True, help_text=WITHOUT_SIGN
    )
    budget = models.DecimalField(
        _("budget in euro"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("For the team only."),
    )
    spent = models.DecimalField(
        _("spent so far, in euro"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Empty means: not known."),
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

    @property
    def expected_languages(self) -> list[str]:
        """The languages its posts should come in, in the order of the settings."""
        return [code for code, __ in settings.LANGUAGES if not self.languages or code in self.languages]

    def hashtags_in(self, language: str) -> list[str]:
        """Its hashtags in that language, without ``#``; the Dutch ones where there are none."""
        own = {"de": self.hashtags_de, "fr": self.hashtags_fr}.get(language, "")
        return (own.strip() or self.hashtags).replace("#", " ").split()

    def funding_on(self, day: date) -> list[Any]:
        """The funding notices that must be shown on ``day``, and no others."""
        return [notice for notice in self.funding_notices.all() if notice.holds_on(day)]
