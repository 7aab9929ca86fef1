"""The step of an approval in which somebody with the right training looks at a sheet."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from factsheets.models.pages import FactsheetPage
from factsheets.models.reviews import Outcome, record_review


class MedicalReviewTask(AbstractGroupApprovalTask):
    """Who approves here stands on the sheet as its reviewer, with this role and today's date."""

    role = models.CharField(
        _("role"), max_length=200, blank=True, help_text=_("As readers see it, for example: psychologist.")
    )

    admin_form_fields: ClassVar[list[str]] = [*AbstractGroupApprovalTask.admin_form_fields, "role"]

    class Meta:
        verbose_name = _("medical review")
        verbose_name_plural = _("medical reviews")

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups check what the sheet says, and stand on it as reviewers.")

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        outcome = super().on_action(task_state, user, action_name, **kwargs)
        page = task_state.revision.content_object
        if action_name == "approve" and isinstance(page, FactsheetPage):
            record_review(page, user, Outcome.CHANGED, self.role)
        return outcome
