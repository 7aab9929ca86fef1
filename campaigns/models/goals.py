from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable


def measure_choices() -> list[tuple[str, Any]]:
    """What a campaign can set itself a goal for; asked when a form is made, since rooms above add measures."""
    from campaigns.goals import measures

    return [(measure.identifier, measure.label) for measure in measures()]


class CampaignGoal(Orderable):
    """How many of one measure the campaign wants. Reached is only what that very measure says."""

    campaign = ParentalKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="goals")
    measure = models.CharField(_("what is counted"), max_length=60, choices=measure_choices)
    wanted = models.PositiveIntegerField(_("goal"), validators=[MinValueValidator(1)])

    panels: ClassVar[list[Any]] = [FieldRowPanel([FieldPanel("measure"), FieldPanel("wanted")])]

    class Meta(Orderable.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["campaign", "measure"],
                name="campaigns_goal_once",
                violation_error_message=_("There is a goal for this already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.wanted}"
