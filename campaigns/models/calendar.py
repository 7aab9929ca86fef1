from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarFeed(models.Model):
    """A private address at which a calendar program reads what is planned. The address itself is not kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(
        _("name"), max_length=100, help_text=_("Where you use it, such as: my telephone.")
    )
    filters = models.JSONField(default=dict, blank=True, editable=False)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, editable=False)
    handle = models.CharField(max_length=12, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    read_on = models.DateField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering: ClassVar[list[Any]] = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
