from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class PrivateLink(models.Model):
    """The way in for somebody without an account. The secret itself is nowhere: only what proves it."""

    record = models.ForeignKey("consent.ConsentRecord", on_delete=models.PROTECT, related_name="links")
    handle = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[Any]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.handle[:4]}…"

    def works_at(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
