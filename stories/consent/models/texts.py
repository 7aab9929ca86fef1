from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.consent.purposes import Part


class NeverChanged(Exception):
    """Somebody tried to change or delete what must stay as it was agreed or written down."""


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def in_force(self, language: str) -> dict[str, ConsentText]:
        """The newest version of each part in a language, by part. One query."""
        newest: dict[str, ConsentText] = {}
        for text in self.filter(language=language).order_by("version"):
            newest[text.part] = text
        return newest


class ConsentText(models.Model):
    """One version of what tellers read before they tick. It never changes: people agreed to exactly this."""

    part = models.CharField(_("about"), max_length=20, choices=Part)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=4000)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering: ClassVar[list[Any]] = ["part", "language", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["part", "language", "version"], name="consent_text_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} ({self.language}) {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged("A consent text never changes: write a new version.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NeverChanged("A consent text is never deleted.")
