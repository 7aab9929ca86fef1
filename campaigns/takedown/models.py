from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TakeDown(models.Model):
    """A message that must be gone everywhere, in all its languages. It is never planned again."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="take_downs"
    )
    translation_key = models.UUIDField(unique=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("take-down")
        verbose_name_plural = _("take-downs")
        ordering: ClassVar[list[Any]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.asked_at:%Y-%m-%d}"
