"""Who looked at a sheet, in which role, when, and when somebody looks again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from factsheets.models.facts import today

if TYPE_CHECKING:
    from factsheets.models.pages import FactsheetPage


class Outcome(models.TextChoices):
    UNCHANGED = "unchanged", _("checked, unchanged")
    CHANGED = "changed", _("checked and changed")


class SheetReview(models.Model):
    """One review of a sheet. It counts for all its languages, which share the key; none is ever changed."""

    sheet_key = models.UUIDField(_("sheet"), db_index=True)
    reviewed_on = models.DateField(_("reviewed on"), default=today)
    reviewer = models.CharField(_("reviewer"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    next_review_on = models.DateField(_("next review"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering: ClassVar[list[str]] = ["-reviewed_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.reviewed_on:%Y-%m-%d} {self.reviewer}"


def last_review(page: Page) -> SheetReview | None:
    return SheetReview.objects.filter(sheet_key=page.translation_key).first()


def review_due_on(page: FactsheetPage, review: SheetReview | None) -> date:
    """When somebody must look again: as the last review said, else some months after the sheet first went online."""
    if review:
        return review.next_review_on
    first = page.first_published_at.date() if page.first_published_at else today()
    return first + relativedelta(months=page.review_every_months)


def record_review(page: FactsheetPage, user: Any, outcome: Outcome, role: str = "") -> SheetReview:
    return SheetReview.objects.create(
        sheet_key=page.translation_key,
        reviewer=user.get_full_name() or user.get_username(),
        role=role,
        outcome=outcome,
        next_review_on=today() + relativedelta(months=page.review_every_months),
        recorded_by=user,
    )
