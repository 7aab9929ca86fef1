from __future__ import annotations

import secrets
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

CODE_LETTERS = "23456789abcdefghijkmnpqrstuvwxyz"  # none that look alike in print
CODE_LENGTH = 8


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for __ in range(CODE_LENGTH))


class ShortUrl(models.Model):
    """A short address of our own for one post on one account, so that its visits can be counted."""

    code = models.CharField(max_length=20, unique=True, default=new_code)
    platform_post = models.OneToOneField(
        "campaigns.PlatformPost", on_delete=models.CASCADE, related_name="short_url", null=True, blank=True
    )
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.URLField(max_length=1000, blank=True)
    parameters = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("short address")
        verbose_name_plural = _("short addresses")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("short_url", args=[self.code])

    @property
    def is_gone(self) -> bool:
        """Whether what it led to was erased for good."""
        return self.page_id is None and not self.address

    def count_visit(self, day: date) -> None:
        """Add one visit to ``day``. Nothing about the visitor is kept."""
        VisitCount.objects.bulk_create([VisitCount(short_url=self, day=day, visits=0)], ignore_conflicts=True)
        VisitCount.objects.filter(short_url=self, day=day).update(visits=F("visits") + 1)


class VisitCount(models.Model):
    """How often one short address was followed on one day."""

    short_url = models.ForeignKey(ShortUrl, on_delete=models.CASCADE, related_name="visit_counts")
    day = models.DateField()
    visits = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("visits")
        verbose_name_plural = _("visits")
        ordering: ClassVar[list[Any]] = ["day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["short_url", "day"], name="campaigns_visit_count_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.visits}"
