from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField


class SubmissionMessage(models.Model):
    """One message of the talk between a teller and those who look after submissions. It needs no address."""

    class By(models.TextChoices):
        TELLER = "teller", _("teller")
        TEAM = "team", _("team")

    submission = models.ForeignKey(
        "submissions.Submission", on_delete=models.CASCADE, related_name="messages"
    )
    by = models.CharField(max_length=10, choices=By)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = EncryptedTextField()
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[Any]] = ["pk"]

    def __str__(self) -> str:
        return str(self.get_by_display())
