"""A file that somebody brought in and did not confirm yet."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=1)


class ServiceImport(models.Model):
    """Between preview and confirmation; it is gone once written, thrown away, or a day old."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    text = models.TextField()
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("import of services")
        verbose_name_plural = _("imports of services")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name


def forget_old_imports() -> None:
    ServiceImport.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
