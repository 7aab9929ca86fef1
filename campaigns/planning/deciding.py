"""One decision for each post that is too late: send it now, give it another time, drop it, or leave it for later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from campaigns.actions import cancel_platform_post
from campaigns.admin.fields import PlannedTimeField
from campaigns.calendar.moving import move_platform_posts
from campaigns.models import PlatformPost
from campaigns.states import Status

LEAVE, NOW, LATER, DROP = "leave", "now", "later", "drop"
CHOICES = [
    (LEAVE, _("Decide later")),
    (NOW, _("Send it now")),
    (DROP, _("Drop it")),
    (LATER, _("New time")),
]
DROPPED = _("Dropped by campaign staff: it was too late.")


def late_posts() -> QuerySet[PlatformPost]:
    """What waits for a person because its time has passed; the oldest first."""
    return (
        PlatformPost.objects.filter(status=Status.LATE)
        .select_related("post__campaign", "account")
        .order_by("due_at", "pk")
    )


class DecisionsForm(forms.Form):
    """A choice for each post, and a time where the choice asks for one."""

    def __init__(self, *args: Any, rows: Sequence[PlatformPost], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[f"choice-{row.pk}"] = forms.ChoiceField(
                label=_("What happens to it?"), choices=CHOICES, initial=LEAVE, widget=forms.RadioSelect
            )
            self.fields[f"time-{row.pk}"] = PlannedTimeField(label=_("New time"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for row in self.rows:
            name = f"time-{row.pk}"
            if cleaned.get(f"choice-{row.pk}") != LATER or name in self.errors:
                continue
            if not cleaned.get(name):
                self.add_error(name, _("Choose a time."))
            elif cleaned[name] <= timezone.now():
                self.add_error(name, _("This time has passed. Choose a later one."))
        return cleaned

    @property
    def lines(self) -> list[tuple[PlatformPost, Any, Any]]:
        """Each post with its two fields."""
        return [(row, self[f"choice-{row.pk}"], self[f"time-{row.pk}"]) for row in self.rows]

    def carry_out(self, user: Any) -> int:
        """Do what was chosen; returns for how many posts. What moved on meanwhile is left alone."""
        return sum(self._carry_out(row, user) for row in self.rows)

    def _carry_out(self, row: PlatformPost, user: Any) -> int:
        match self.cleaned_data[f"choice-{row.pk}"]:
            case "now":
                done, name = bool(move_platform_posts([row], timezone.now(), user)), "publish_now"
            case "later":
                moment = self.cleaned_data[f"time-{row.pk}"]
                done, name = bool(move_platform_posts([row], moment, user)), "move"
            case "drop":
                done, name = cancel_platform_post(row, DROPPED), "cancel"
            case _:
                return 0
        if done:
            log(row.post, f"campaigns.{name}", user=user, data={"account": str(row.account)})
        return int(done)
