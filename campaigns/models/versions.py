from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionDecision(models.Model):
    """What somebody decided about a language that a post lacks: its other versions wait for it, or do without."""

    class Choice(models.TextChoices):
        WAIT = "wait", _("Wait for it")
        LET_GO = "let-go", _("Go without it")

    translation_key = models.UUIDField(db_index=True)  # of the post in all its languages
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("decision about a language")
        verbose_name_plural = _("decisions about languages")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["translation_key", "language"], name="campaigns_version_decision_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.get_choice_display()}"
