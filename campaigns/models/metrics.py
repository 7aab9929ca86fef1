from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Metric(models.Model):
    """One figure as a network told it, at one moment. Nothing is added up, renamed or filled in."""

    class Name(models.TextChoices):
        LIKES = "likes", _("Likes")
        REPOSTS = "reposts", _("Reposts")
        REPLIES = "replies", _("Replies")
        QUOTES = "quotes", _("Quotes")

    platform_post = models.ForeignKey(
        "campaigns.PlatformPost", on_delete=models.CASCADE, related_name="metrics"
    )
    name = models.CharField(max_length=40)
    value = models.PositiveBigIntegerField()
    source = models.CharField(max_length=40)
    fetched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering: ClassVar[list[Any]] = ["fetched_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["platform_post", "name", "fetched_at"], name="campaigns_metric_once_a_moment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"
