"""Ways to reach a service: numbers, and meetings of a group."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel

from support.choices import Answer
from support.telephone import read_number, said_internationally


class Phone(models.Model):
    """``number`` as the service writes it; what is dialled from abroad is worked out of it."""

    service = ParentalKey("support.SupportService", on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(
        _("number"), max_length=40, help_text=_("As one dials it inside the country, for example 0800-0113.")
    )
    international = models.CharField(_("number from abroad"), max_length=20, blank=True, editable=False)
    from_abroad = models.CharField(
        _("can be reached from abroad"), max_length=10, choices=Answer.choices, default=Answer.UNKNOWN
    )

    panels: ClassVar[list[Any]] = [FieldPanel("number"), FieldPanel("from_abroad")]

    class Meta:
        verbose_name = _("telephone number")
        verbose_name_plural = _("telephone numbers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.international = read_number(self.number, self.service.country).e164
        super().save(*args, **kwargs)

    @property
    def dial(self) -> str:
        """What a telephone inside the country dials."""
        return "tel:" + "".join(sign for sign in self.number if sign.isdigit() or sign == "+")

    @property
    def dial_from_abroad(self) -> str:
        return f"tel:{self.international}" if self.international else ""

    @property
    def said_from_abroad(self) -> str:
        return said_internationally(self.international) if self.international else ""

    @property
    def may_fail_from_abroad(self) -> bool:
        """Short, free and premium numbers, unless somebody knows better."""
        if self.from_abroad != Answer.UNKNOWN:
            return self.from_abroad == Answer.NO
        try:
            return read_number(self.number, self.service.country).national_only
        except ValidationError:
            return True


class Meeting(models.Model):
    """When and where a group meets next."""

    service = ParentalKey("support.SupportService", on_delete=models.CASCADE, related_name="meetings")
    starts_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(_("starts at"))
    place = models.CharField(_("place"), max_length=200, blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("starts_at"), FieldPanel("place")]

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.place}"
