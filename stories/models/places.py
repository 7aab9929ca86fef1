from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from core.regions import Region
from stories.regions import COUNTRY_OF_REGION


class PlaceUse(models.TextChoices):
    LIVED = "lived", _("lived in")
    WORKED = "worked", _("worked or studied in")
    CARED = "cared", _("cared for in")


class StoryPlace(Orderable):
    """A region of a story: no town, so that nobody is found by it."""

    story = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="places")
    use = models.CharField(_("the teller"), max_length=10, choices=PlaceUse)
    region = models.CharField(_("region"), max_length=40, choices=Region)

    panels: ClassVar[list[Any]] = [FieldRowPanel([FieldPanel("use"), FieldPanel("region")])]

    class Meta(Orderable.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return f"{self.get_use_display()} {self.get_region_display()}"

    @property
    def country(self) -> str:
        return COUNTRY_OF_REGION.get(self.region, "")
