"""Where people stop everything, go on again, and decide about what came too late."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from campaigns.admin.deciding_views import may_decide
from campaigns.models import Campaign, Pause
from campaigns.planning.deciding import DecisionsForm, late_posts
from campaigns.planning.pausing import end_pause, missed_during, pause
from campaigns.planning.shifting import ShiftRefusedError, shift_campaign

NAMESPACE = "planning_of_campaigns"
DECIDED_AT_ONCE = 50
LONGEST_SHIFT = 730  # days


class PlanningView(WagtailAdminTemplateMixin):
    """Open to those who decide what goes out."""

    request: HttpRequest
    header_icon = "time"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_decide(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        first = {"url": reverse(f"{NAMESPACE}:index"), "label": _("Late and paused")}
        return [*self.breadcrumbs_items, first, {"url": "", "label": self.page_title}]


class LateView(PlanningView, FormView):  # type: ignore[type-arg]
    """What is too late, each with its choices; above it what is paused, and the button that stops everything."""

    form_class = DecisionsForm
    template_name = "campaigns/admin/planning/late.html"
    page_title = gettext_lazy("Late and paused")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rows": late_posts()[:DECIDED_AT_ONCE]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pauses = Pause.objects.open().select_related("campaign", "started_by")
        return {
            **super().get_context_data(**kwargs),
            "pauses": pauses,
            "all_paused": any(one.campaign_id is None for one in pauses),
            "running": Campaign.objects.exclude(pauses__in=pauses),
            "left": max(0, late_posts().count() - DECIDED_AT_ONCE),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        say_how_many(self.request, form.carry_out(self.request.user))
        return redirect(reverse(f"{NAMESPACE}:index"))


def say_how_many(request: HttpRequest, number: int) -> None:
    if number:
        sentence = ngettext("%(number)d post was decided.", "%(number)d posts were decided.", number)
        messages.success(request, sentence % {"number": number})


class PauseForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Pause
        fields = ("reason",)


class PauseView(PlanningView, FormView):  # type: ignore[type-arg]
    """The crisis button: asks once, and from then on nothing goes out. Without a campaign it stops all of them."""

    form_class = PauseForm
    template_name = "campaigns/admin/planning/pause.html"
    page_title = gettext_lazy("Pause")
    header_icon = "warning"
    campaign: Campaign | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if "pk" in kwargs:
            self.campaign = get_object_or_404(Campaign, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse(f"{NAMESPACE}:index")
        return {**super().get_context_data(**kwargs), "campaign": self.campaign, "back_url": back}

    def form_valid(self, form: Any) -> HttpResponse:
        pause(self.campaign, self.request.user, form.cleaned_data["reason"])
        if self.campaign:
            log(self.campaign, "campaigns.pause", user=self.request.user)
        messages.success(self.request, _("Paused: nothing goes out until somebody resumes."))
        return redirect(reverse(f"{NAMESPACE}:index"))


class ResumeView(PlanningView, FormView):  # type: ignore[type-arg]
    """Go on, with a choice for each post that was missed. What nobody decides about stays where it is: late."""

    form_class = DecisionsForm
    template_name = "campaigns/admin/planning/resume.html"
    page_title = gettext_lazy("Resume")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.pause = get_object_or_404(Pause.objects.open().select_related("campaign"), pk=kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rows": missed_during(self.pause)[:DECIDED_AT_ONCE]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        left = max(0, missed_during(self.pause).count() - DECIDED_AT_ONCE)
        return {**super().get_context_data(**kwargs), "pause": self.pause, "left": left}

    def form_valid(self, form: Any) -> HttpResponse:
        if end_pause(self.pause, self.request.user):
            if self.pause.campaign:
                log(self.pause.campaign, "campaigns.resume", user=self.request.user)
            messages.success(self.request, _("It goes on: posts go out at their times again."))
        say_how_many(self.request, form.carry_out(self.request.user))
        return redirect(reverse(f"{NAMESPACE}:index"))


class ShiftForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        min_value=-LONGEST_SHIFT,
        max_value=LONGEST_SHIFT,
        help_text=gettext_lazy("7 moves everything a week later, -7 a week earlier. The hours stay."),
        error_messages={"required": gettext_lazy("Write a number of days.")},
    )

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if days == 0:
            raise forms.ValidationError(_("Write a number of days other than 0."))
        return days


class ShiftView(PlanningView, FormView):  # type: ignore[type-arg]
    """Move everything of a campaign that is still to come."""

    form_class = ShiftForm
    template_name = "campaigns/admin/planning/shift.html"
    page_title = gettext_lazy("Shift the whole campaign")
    header_icon = "calendar-alt"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.campaign = get_object_or_404(Campaign, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "campaign": self.campaign}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            number = shift_campaign(self.campaign, form.cleaned_data["days"], self.request.user)
        except ShiftRefusedError as error:
            form.add_error("days", error.problem)
            return self.form_invalid(form)
        log(self.campaign, "campaigns.shift", user=self.request.user)
        sentence = ngettext("%(number)d post was moved.", "%(number)d posts were moved.", number)
        messages.success(self.request, sentence % {"number": number})
        return redirect(reverse("campaign:desk", args=[self.campaign.pk]))
