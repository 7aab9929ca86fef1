"""What a person can decide about a message on one account: cancel, plan again, publish now, take down.

Each is a page that says what will happen, and a button. The rules are in ``campaigns.actions``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from campaigns.actions import cancel_platform_post, note_removal, plan_again, request_removal
from campaigns.admin.fields import PlannedTimeField
from campaigns.models import PlatformPost, Post
from campaigns.states import Status, sources_of

REPLANNABLE = frozenset(sources_of(Status.SCHEDULED)) - {Status.PUBLISHING, Status.DRAFT}
CANCELLABLE = frozenset(sources_of(Status.CANCELLED)) - {Status.PUBLISHING}


class ConfirmForm(forms.Form):
    """Nothing to fill in: pressing the button is the answer."""


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


class DecideView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """One decision about one message. Asks for ``campaigns.publish_post``, and writes it into the post's history."""

    name: ClassVar[str]
    icon: ClassVar[str]
    label: ClassVar[Any]
    explanation: ClassVar[Any]
    done: ClassVar[Any]
    statuses: ClassVar[frozenset[Status]]
    serious: ClassVar[bool] = False

    form_class: type[forms.Form] = ConfirmForm
    template_name = "campaigns/admin/decide.html"
    platform_post: PlatformPost

    @classmethod
    def offered_for(cls, platform_post: PlatformPost) -> bool:
        return platform_post.status in cls.statuses

    @classmethod
    def url_name(cls) -> str:
        return Post.snippet_viewset.get_url_name(cls.name)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.platform_post = get_object_or_404(
            PlatformPost.objects.select_related("post", "account"), pk=kwargs["pk"]
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_decide(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def page_title(self) -> Any:
        return self.label

    @property
    def header_icon(self) -> str:
        return self.icon

    def get_page_subtitle(self) -> str:
        return str(self.platform_post.account)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        viewset = Post.snippet_viewset
        return [
            *self.breadcrumbs_items,
            {"url": reverse(viewset.get_url_name("list")), "label": _("Posts")},
            {"url": self.get_success_url(), "label": str(self.platform_post.post)},
            {"url": "", "label": self.label},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "platform_post": self.platform_post,
            "offered": self.offered_for(self.platform_post),
            "back_url": self.get_success_url(),
        }

    def get_success_url(self) -> str:
        return reverse(Post.snippet_viewset.get_url_name("edit"), args=[self.platform_post.post_id])

    def decide(self, form: Any) -> bool:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        if self.decide(form):
            data = {"account": str(self.platform_post.account)}
            log(self.platform_post.post, f"campaigns.{self.name}", user=self.request.user, data=data)
            messages.success(self.request, self.done)
        else:
            messages.error(self.request, TOO_LATE)
        return redirect(self.get_success_url())


TOO_LATE = _("That was no longer possible: the post has moved on meanwhile. Below is where it stands now.")


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


def may_decide(user: Any) -> bool:
    return bool(user.has_perm("campaigns.publish_post"))


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
