"""What an editor sees beside the text, of the version that was saved last."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from core.safe_messaging.checking import blocking
from core.safe_messaging.pages import findings_on


class SafetyPanel(Panel):
    """Words about suicide that can do harm. Shown once there is a draft."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/admin/safety.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), **safety_of(self.instance)}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Safe words"))
        super().__init__(**kwargs)


def safety_of(page: Any) -> dict[str, Any]:
    """The context of ``core/admin/safety.html``."""
    findings = findings_on(page)
    stopping = blocking(findings)
    return {"stopping": stopping, "advice": [each for each in findings if each not in stopping]}
