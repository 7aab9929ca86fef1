from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable


class FundingNotice(Orderable):
    """Who pays for a project of the campaign. A funder asks to be named during the project, and never beyond it."""

    campaign = ParentalKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="funding_notices")
    project = models.CharField(_("project"), max_length=200, help_text=_("The funded project’s own name."))
    starts_on = models.DateField(_("shown from"))
    ends_on = models.DateField(_("shown until"))
    text_nl = models.TextField(_("notice in Dutch"), max_length=1000)
    text_de = models.TextField(_("notice in German"), max_length=1000)
    text_fr = models.TextField(_("notice in French"), max_length=1000)
    logo = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("logo of the funder"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The notice beside it says whose it is."),
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("project"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("text_nl"),
        FieldPanel("text_de"),
        FieldPanel("text_fr"),
        FieldPanel("logo"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("funding notice")
        verbose_name_plural = _("funding notices")

    def __str__(self) -> str:
        return self.project

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("This day is before the first day.")})

    def holds_on(self, day: date) -> bool:
        """Both days of the period are included."""
        return self.starts_on <= day <= self.ends_on

    def text_in(self, language: str) -> str:
        return str(getattr(self, f"text_{language}", self.text_nl))
