from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

MONDAY = date(2026, 1, 5)  # any will do


class PauseQuerySet(models.QuerySet["Pause"]):
    def open(self) -> PauseQuerySet:
        return self.filter(ended_at=None)

    def holding(self, campaign_id: int) -> PauseQuerySet:
        """The open pauses that hold this campaign: its own, and the one of everything."""
        return self.open().filter(Q(campaign=None) | Q(campaign=campaign_id))


class Pause(models.Model):
    """Nothing goes out while it is open: nothing of one campaign, or nothing at all."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", null=True, blank=True, on_delete=models.CASCADE, related_name="pauses"
    )
    reason = models.CharField(
        _("reason"), max_length=200, blank=True, help_text=_("Your colleagues see it, nobody else.")
    )
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering: ClassVar[list[Any]] = ["-started_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # One open pause each; 0 stands for the one of everything, because no two NULLs are equal.
            models.UniqueConstraint(
                Coalesce("campaign", 0), condition=Q(ended_at=None), name="campaigns_pause_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.campaign or _("All campaigns"))


class Pulse(models.Model):
    """When something that works in the background was seen alive."""

    class Part(models.TextChoices):
        HEART = "heart", _("the worker’s clock")
        HANDS = "hands", _("the worker’s hands")

    part = models.CharField(max_length=10, choices=Part.choices, unique=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)  # people were told that it is silent

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")
        ordering: ClassVar[list[Any]] = ["part"]

    def __str__(self) -> str:
        return str(self.get_part_display())


class Slot(models.Model):
    """A time of the week at which an account likes to be heard."""

    account = models.ForeignKey(
        "campaigns.SocialAccount", on_delete=models.CASCADE, related_name="slots", verbose_name=_("account")
    )
    weekday = models.PositiveSmallIntegerField(_("day of the week"))  # Monday is 0
    time = models.TimeField(_("time"))

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering: ClassVar[list[Any]] = ["account", "weekday", "time"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["account", "weekday", "time"], name="campaigns_slot_once")
        ]

    def __str__(self) -> str:
        return f"{date_format(MONDAY + timedelta(days=self.weekday), 'D')} {self.time:%H:%M}"
