"""What a person can decide about a message on one account: cancel, plan again, publish now, take down.

Each is a page that says what will happen, and a button. The rules are in ``campaigns.actions``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.actions import cancel_platform_post, note_removal, plan_again, request_removal
from campaigns.admin.by_hand import DoneByHandView, ReachByHandView
from campaigns.admin.deciding_views import ConfirmForm, DecideView, may_decide
from campaigns.admin.fields import PlannedTimeField
from campaigns.models import PlatformPost
from campaigns.states import Status, sources_of

REPLANNABLE = frozenset(sources_of(Status.SCHEDULED)) - {Status.PUBLISHING, Status.DRAFT}
CANCELLABLE = frozenset(sources_of(Status.CANCELLED)) - {Status.PUBLISHING}


class PlanAgainForm(forms.Form):
    planned_at = PlannedTimeField(
        label=_("New time"),
        help_text=_("Time in Maastricht, Aachen and Liège."),
        error_messages={"required": _("Choose a time.")},
    )

    def clean_planned_at(self) -> Any:
        planned_at = self.cleaned_data["planned_at"]
        if planned_at <= timezone.now():
            raise forms.ValidationError(_("This time has passed. Choose a later one."))
        return planned_at


class CancelView(DecideView):
    name, icon, label = "cancel", "cross", _("Cancel")
    explanation = _("The post will not go out on this account. It can be planned again later.")
    done = _("Cancelled: it will not go out on this account.")
    statuses, serious = CANCELLABLE, True

    def decide(self, form: Any) -> bool:
        return cancel_platform_post(self.platform_post, _("Cancelled by campaign staff."))


class PlanAgainView(DecideView):
    name, icon, label = "plan_again", "calendar-alt", _("Plan again")
    explanation = _("The post goes out on this account at the time you choose.")
    done = _("Planned: it goes out at the new time.")
    statuses = REPLANNABLE
    form_class: type[forms.Form] = PlanAgainForm

    @classmethod
    def offered_for(cls, platform_post: PlatformPost) -> bool:
        return super().offered_for(platform_post) and platform_post.post.live

    def decide(self, form: Any) -> bool:
        return plan_again(self.platform_post, form.cleaned_data["planned_at"])


class PublishNowView(PlanAgainView):
    name, icon, label = "publish_now", "upload", _("Publish now")
    explanation = _("The post goes out on this account at once.")
    done = _("It goes out now. This page shows where it stands.")
    form_class = ConfirmForm

    def decide(self, form: Any) -> bool:
        return plan_again(self.platform_post, timezone.now())


class TakeDownView(DecideView):
    name, icon, label = "take_down", "no-view", _("Take down")
    explanation = _("The message disappears from the network for everybody. This cannot be undone.")
    done = _("The network is being asked to take it down.")
    statuses, serious = frozenset({Status.PUBLISHED}), True

    @classmethod
    def offered_for(cls, platform_post: PlatformPost) -> bool:
        return super().offered_for(platform_post) and platform_post.removal_requested_at is None

    def decide(self, form: Any) -> bool:
        return request_removal(self.platform_post)


class TakenDownByHandView(DecideView):
    name, icon, label = "taken_down_by_hand", "check", _("I took it down by hand")
    explanation = _("Only when you have seen that the message is gone from the network.")
    done = _("It is noted that the message is gone.")
    statuses = frozenset({Status.PUBLISHED})

    @classmethod
    def offered_for(cls, platform_post: PlatformPost) -> bool:
        """Where the network refused to take it down."""
        refused = platform_post.removal_requested_at is None and bool(platform_post.status_message)
        return super().offered_for(platform_post) and refused

    def decide(self, form: Any) -> bool:
        return note_removal(self.platform_post)


DECISIONS: tuple[type[DecideView], ...] = (
    DoneByHandView,
    ReachByHandView,
    PublishNowView,
    PlanAgainView,
    CancelView,
    TakeDownView,
    TakenDownByHandView,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One button below a message's state."""

    label: Any
    icon: str
    url: str
    serious: bool


def decisions_for(platform_post: PlatformPost, user: Any) -> list[Decision]:
    """What this person may do now; nothing for those without the permission to publish."""
    if not may_decide(user):
        return []
    return [
        Decision(view.label, view.icon, reverse(view.url_name(), args=[platform_post.pk]), view.serious)
        for view in DECISIONS
        if view.offered_for(platform_post)
    ]


def decide_urls() -> list[URLPattern]:
    return [
        path(f"on-account/<int:pk>/{view.name.replace('_', '-')}/", view.as_view(), name=view.name)
        for view in DECISIONS
    ]
