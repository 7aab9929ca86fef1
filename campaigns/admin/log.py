"""What campaign staff did, as the history of a post or an account tells it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

LABELS: dict[str, Any] = {
    "cancel": gettext_lazy("Cancelled on an account"),
    "plan_again": gettext_lazy("Planned again on an account"),
    "publish_now": gettext_lazy("Published at once on an account"),
    "take_down": gettext_lazy("Taken down from an account"),
    "taken_down_by_hand": gettext_lazy("Taken down by hand on an account"),
}


class OnAccountFormatter(LogFormatter):
    """A line such as “Planned again on an account: Bluesky · region.example (nl)”."""

    def format_message(self, log_entry: Any) -> str:
        return _("%(what)s: %(account)s") % {"what": self.label, "account": log_entry.data.get("account", "")}


def register_actions(actions: LogActionRegistry) -> None:
    for name, label in LABELS.items():
        formatter = type("OnAccount", (OnAccountFormatter,), {"label": label})
        actions.register_action(f"campaigns.{name}")(formatter)
    signed_in = gettext_lazy("Account signed in")
    actions.register_action("campaigns.sign_in", signed_in, signed_in)
