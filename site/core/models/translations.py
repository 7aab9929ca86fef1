from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutdatedTranslation(models.Model):
    """A translation that does not say any more what its source says. No row: it does."""

    translation = models.OneToOneField(
        "wagtail_localize.Translation",
        verbose_name=_("translation"),
        on_delete=models.CASCADE,
        related_name="outdated",
    )
    since = models.DateTimeField(_("out of date since"))

    class Meta:
        verbose_name = _("translation that is out of date")
        verbose_name_plural = _("translations that are out of date")

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.since:%Y-%m-%d %H:%M}"
