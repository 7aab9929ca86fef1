"""The form that gives a post another time. Drag and keyboard send the same form, so the rules are the same."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from campaigns.admin.deciding import PlanAgainForm
from campaigns.admin.deciding_views import TOO_LATE
from campaigns.calendar.access import CalendarAccess, may_move_drafts, may_move_planned
from campaigns.calendar.entries import MOVABLE, drafts
from campaigns.calendar.moving import is_locked_for, move_draft, move_platform_posts
from campaigns.calendar.periods import NAMESPACE, Period
from campaigns.models import PlatformPost, Post, SocialAccount
from campaigns.planning.slots import common_free_slots

LOCKED = gettext_lazy("Somebody else has locked this post, so its time stays as it is.")


class MoveForm(PlanAgainForm):
    """A new time, and on which accounts: all of them, unless somebody unticks one."""

    def __init__(self, *args: Any, accounts: list[SocialAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(accounts) < 2:
            return
        known = SocialAccount.objects.filter(pk__in=[account.pk for account in accounts])
        self.fields["accounts"] = forms.ModelMultipleChoiceField(
            label=_("Accounts"),
            queryset=known,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one account.")},
        )


class MovingView(CalendarAccess, WagtailAdminTemplateMixin, FormView, ABC):  # type: ignore[type-arg]
    """What both kinds have in common: who may, where to go back to, how a script is answered."""

    template_name = "campaigns/admin/calendar/move.html"
    header_icon = "calendar-alt"
    page_title = gettext_lazy("Move")
    post_moved: Post

    def get_page_subtitle(self) -> str:
        return str(self.post_moved)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAMESPACE}:index"), "label": _("Calendar")},
            {"url": "", "label": self.page_title},
        ]

    @property
    def wants_json(self) -> bool:
        return self.request.headers.get("Accept", "").startswith("application/json")

    def get_form_kwargs(self) -> dict[str, Any]:
        """A pressed slot takes the place of the time that was typed."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if slot := self.request.POST.get("slot"):
            kwargs["data"] = self.request.POST.copy()
            kwargs["data"]["planned_at"] = slot
        return kwargs

    def form_invalid(self, form: Any) -> HttpResponse:
        if self.wants_json:
            problems = [str(problem) for found in form.errors.values() for problem in found]
            return JsonResponse({"problem": " ".join(problems)}, status=400)
        return super().form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        moment = form.cleaned_data["planned_at"]
        problem = LOCKED if is_locked_for(self.post_moved, self.request.user) else self.move(form)
        if problem:
            messages.error(self.request, problem)
        else:
            when = date_format(localtime(moment), "l j F Y, H:i")
            messages.success(self.request, _("Moved: it goes out on %(when)s.") % {"when": when})
        if self.wants_json:
            return JsonResponse({"moved": not problem})
        return redirect(Period.around("month", localtime(moment).date()).url)

    @abstractmethod
    def move(self, form: Any) -> Any:
        """Do it; returns why it was not possible, or nothing."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = localtime(self.at) if self.at else None
        back = Period.around("month", at.date()).url if at else reverse(f"{NAMESPACE}:index")
        return {
            **super().get_context_data(**kwargs),
            "at": at,
            "text": self.text,
            "back_url": back,
            "slots": self.free_slots(),
        }

    def free_slots(self) -> list[Any]:
        return common_free_slots(self.accounts_moved(), timezone.now())

    @abstractmethod
    def accounts_moved(self) -> list[SocialAccount]:
        """The accounts that need a free slot at the same moment."""

    @property
    @abstractmethod
    def at(self) -> Any:
        """When it goes out now; None while it is not planned."""

    @property
    @abstractmethod
    def text(self) -> str:
        """The words by which people know what they move."""

    def get_initial(self) -> dict[str, Any]:
        return {"planned_at": self.at}


class MoveView(MovingView):
    """A post on all accounts where it goes out at the same time."""

    form_class = MoveForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.lead = get_object_or_404(
            PlatformPost.objects.select_related("post__locale", "account"), pk=kwargs["pk"]
        )
        self.post_moved = self.lead.post

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_move_planned(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def rows(self) -> list[PlatformPost]:
        """Empty when it is out or on its way by now."""
        if self.lead.status not in MOVABLE:
            return []
        return list(
            PlatformPost.objects.filter(
                post=self.lead.post_id, due_at=self.lead.due_at, status=self.lead.status
            ).select_related("account")
        )

    @property
    def at(self) -> Any:
        return self.lead.due_at

    @property
    def text(self) -> str:
        return self.lead.text

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "accounts": [row.account for row in self.rows]}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "accounts": [row.account_id for row in self.rows]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered = bool(self.rows) and self.post_moved.live
        return {
            **super().get_context_data(**kwargs),
            "offered": offered,
            "language": self.lead.account.language,
            "rows": self.rows or [self.lead],
        }

    def accounts_moved(self) -> list[SocialAccount]:
        return [row.account for row in self.rows]

    def move(self, form: Any) -> Any:
        chosen = form.cleaned_data.get("accounts")
        rows = [row for row in self.rows if chosen is None or row.account in chosen]
        moved = move_platform_posts(rows, form.cleaned_data["planned_at"], self.request.user)
        for row in moved:
            log(self.post_moved, "campaigns.move", user=self.request.user, data={"account": str(row.account)})
        return None if moved else TOO_LATE


class MoveDraftView(MovingView):
    """A post that nobody approved yet: only the time it hopes for changes."""

    form_class = PlanAgainForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        draft = drafts().filter(pk=kwargs["pk"]).first()
        if draft is None:
            raise Http404
        self.post_moved = draft.get_latest_revision_as_object()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_move_drafts(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def at(self) -> Any:
        return self.post_moved.planned_at

    @property
    def text(self) -> str:
        return self.post_moved.text

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        language = self.post_moved.language
        return {**super().get_context_data(**kwargs), "offered": True, "language": language}

    def accounts_moved(self) -> list[SocialAccount]:
        return [target.account for target in self.post_moved.targets.all()]

    def move(self, form: Any) -> Any:
        move_draft(self.post_moved, form.cleaned_data["planned_at"], self.request.user)
        return None
