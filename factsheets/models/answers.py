from __future__ import annotations

import re
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from factsheets.models.facts import today

# What names or reaches a person is not kept, even when somebody types it: addresses and long numbers.
PERSONAL = re.compile(r"\S+@\S+|\+?\d[\d\s()./-]{6,}\d")
REMOVED = "[…]"


class SheetAnswer(models.Model):
    """Whether a sheet helped somebody, and what they wrote. Nothing about who it was, not even the time of day."""

    page = models.ForeignKey("factsheets.FactsheetPage", on_delete=models.CASCADE, related_name="answers")
    helped = models.BooleanField(_("it helped"))
    text = models.TextField(_("answer"), max_length=1000, blank=True)
    given_on = models.DateField(_("given on"), default=today, db_index=True)

    class Meta:
        verbose_name = _("answer of a reader")
        verbose_name_plural = _("answers of readers")
        ordering: ClassVar[list[str]] = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.given_on:%Y-%m-%d} {self.helped}"


def without_personal_data(text: str) -> str:
    return PERSONAL.sub(REMOVED, text.strip())
