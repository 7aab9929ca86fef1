"""What campaign staff did, as the history of a post or an account tells it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

LABELS: dict[str, Any] = {
    "cancel": gettext_lazy("Cancelled on an account"),
    "move": gettext_lazy("Moved on an account"),
    "plan_again": gettext_lazy("Planned again on an account"),
    "publish_now": gettext_lazy("Published at once on an account"),
    "take_down": gettext_lazy("Taken down from an account"),
    "done_by_hand": gettext_lazy("Done by hand on an account"),
    "reach_by_hand": gettext_lazy("Reach typed in for an account"),
    "taken_down_by_hand": gettext_lazy("Taken down by hand on an account"),
}


OF_CAMPAIGNS: dict[str, Any] = {
    "pause": gettext_lazy("Campaign paused"),
    "resume": gettext_lazy("Campaign resumed"),
    "series": gettext_lazy("Made a series of it"),
    "shift": gettext_lazy("All posts of the campaign moved"),
}


class OnAccountFormatter(LogFormatter):
    """A line such as “Planned again on an account: Bluesky · region.example (nl)”."""

    def format_message(self, log_entry: Any) -> str:
        return _("%(what)s: %(account)s") % {"what": self.label, "account": log_entry.data.get("account", "")}


def register_actions(actions: LogActionRegistry) -> None:
    for name, label in LABELS.items():
        formatter = type("OnAccount", (OnAccountFormatter,), {"label": label})
        actions.register_action(f"campaigns.{name}")(formatter)
    for name, label in OF_CAMPAIGNS.items():
        actions.register_action(f"campaigns.{name}", label, label)
    decided = gettext_lazy("Decided about a missing language")
    actions.register_action("campaigns.decide_version", decided, decided)
    signed_in = gettext_lazy("Account signed in")
    actions.register_action("campaigns.sign_in", signed_in, signed_in)
