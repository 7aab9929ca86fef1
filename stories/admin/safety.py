"""The panel of stories: safe words, and what could tell who somebody is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.safe_messaging.pages import speaks_of_suicide
from core.safe_messaging.panel import SafetyPanel


def reminders_for(story: Any) -> list[Any]:
    """What a story that speaks of suicide still lacks, as sentences."""
    from stories.approving import needs_two_approvals

    if not speaks_of_suicide(story):
        return []
    reminders = []
    if not story.content_notes:
        reminders.append(
            _("The text speaks of suicide. Add a content note: help lines then stand above and below it.")
        )
    if not needs_two_approvals(story):
        reminders.append(
            _(
                "The text speaks of suicide. If it is about that, choose the theme: a second person then approves."
            )
        )
    return reminders


class StorySafetyPanel(SafetyPanel):
    class BoundPanel(SafetyPanel.BoundPanel):
        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            from stories.identifying import hints_on

            return {
                **super().get_context_data(parent_context),
                "hints": hints_on(self.instance),
                "reminders": reminders_for(self.instance),
            }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Safe words, and nobody recognised"))
        super().__init__(**kwargs)
