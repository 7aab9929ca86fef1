from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField


class VersionReview(models.Model):
    """What a teller said about one language version, as it was on that day. The newest row counts."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("approved")
        CHANGES = "changes", _("asks for changes")

    record = models.ForeignKey("consent.ConsentRecord", on_delete=models.PROTECT, related_name="reviews")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    digest = models.CharField(max_length=64)
    decision = models.CharField(max_length=10, choices=Decision)
    remark = EncryptedTextField(default="", blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[Any]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.language}: {self.get_decision_display()}"
