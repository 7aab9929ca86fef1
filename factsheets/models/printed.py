from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintKind(models.TextChoices):
    SHEET = "sheet", _("whole sheet")
    REFERRAL = "referral", _("one-page referral sheet")


def print_path(instance: PrintedSheet, filename: str) -> str:
    """A name nobody guesses: printed sheets are handed out by the page alone, which knows whether they are current."""
    return f"factsheets/printed/{uuid4()}.pdf"


class PrintedSheet(models.Model):
    """A sheet as PDF, in one language and one order of countries."""

    page = models.ForeignKey("factsheets.FactsheetPage", on_delete=models.CASCADE, related_name="printed")
    kind = models.CharField(max_length=20, choices=PrintKind.choices)
    order = models.CharField(_("countries in this order"), max_length=8)
    says = models.CharField(max_length=64)  # fingerprint of what it says, see factsheets.printing.storing
    file = models.FileField(upload_to=print_path)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0)
    made_at = models.DateTimeField(_("made at"), auto_now=True)

    class Meta:
        verbose_name = _("printed sheet")
        verbose_name_plural = _("printed sheets")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["page", "kind", "order"], name="sheet_printed_once")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.kind} {self.order}"

    @property
    def is_there(self) -> bool:
        """Whether the file is where it was put: a backup or a clean-up may have lost it."""
        return bool(self.file.name and self.file.storage.exists(self.file.name))
