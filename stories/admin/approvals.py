"""What editors see of the two approvals a story about suicide needs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class ApprovalPanel(Panel):
    """Shown on stories about suicide alone."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "stories/admin/approvals.html"

        def is_shown(self) -> bool:
            from stories.approving import needs_two_approvals

            return bool(super().is_shown() and self.instance.pk and needs_two_approvals(self.instance))

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            from stories.approving import APPROVERS_NEEDED, approvals_of

            approvals = list(approvals_of(self.instance))
            return {
                **super().get_context_data(parent_context),
                "approvals": approvals,
                "complete": len(approvals) >= APPROVERS_NEEDED,
                "by_me": any(approval.person == self.request.user for approval in approvals),
            }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Two approvals"))
        super().__init__(**kwargs)
