"""Forms for slots and series."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from campaigns.models import Post, SocialAccount
from campaigns.planning.series import MOST, make_series, series_times
from campaigns.planning.slots import keep_slots, parse_slots, slots_as_text
from campaigns.planning.times import ImpossibleTimeError, moment_at, wall_time
from campaigns.planning.views import NAMESPACE, PlanningView


class SlotsField(forms.CharField):
    def clean(self, value: Any) -> Any:
        return parse_slots(super().clean(value))


class SlotsForm(forms.Form):
    """One line of slots for each account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = list(SocialAccount.objects.prefetch_related("slots"))
        for account in self.accounts:
            self.fields[f"slots-{account.pk}"] = SlotsField(
                label=str(account), required=False, initial=slots_as_text(account), max_length=500
            )

    @transaction.atomic
    def save(self) -> None:
        for account in self.accounts:
            keep_slots(account, self.cleaned_data[f"slots-{account.pk}"])


class SlotsView(PlanningView, FormView):  # type: ignore[type-arg]
    form_class = SlotsForm
    template_name = "campaigns/admin/planning/slots.html"
    page_title = gettext_lazy("Slots")

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        messages.success(self.request, _("The slots are saved."))
        return redirect(reverse(f"{NAMESPACE}:slots"))


class SeriesForm(forms.Form):
    every = forms.IntegerField(
        label=gettext_lazy("Every"), min_value=1, max_value=52, initial=2, widget=forms.NumberInput
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Weeks or months"),
        choices=[("week", gettext_lazy("weeks")), ("month", gettext_lazy("months"))],
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        widget=AdminDateInput,
        error_messages={"required": gettext_lazy("Choose the last day.")},
    )
    with_versions = forms.BooleanField(
        label=gettext_lazy("Its versions in other languages too"), required=False, initial=True
    )

    def __init__(self, *args: Any, first: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first
        self.moments: list[datetime] = []
        self.left_out: list[Any] = []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        until: date | None = cleaned.get("until")
        if self.errors or until is None:
            return cleaned
        for wall in series_times(self.first, cleaned["every"], cleaned["unit"], until):
            try:
                moment = moment_at(wall)
            except ImpossibleTimeError as error:
                self.left_out.append(error.problem)
                continue
            if moment > timezone.now():
                self.moments.append(moment)
        if not self.moments:
            self.add_error("until", _("No time of the series lies between now and this day."))
        return cleaned


class SeriesView(PlanningView, FormView):  # type: ignore[type-arg]
    """First shows every time of the series; a second press makes the drafts."""

    form_class = SeriesForm
    template_name = "campaigns/admin/planning/series.html"
    page_title = gettext_lazy("Make a series")
    header_icon = "copy"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        saved = get_object_or_404(Post, pk=kwargs["pk"])
        self.start: Post = saved.get_latest_revision_as_object()
        if saved.erased_at:
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("campaigns.add_post"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "first": wall_time(self.start.planned_at or timezone.now())}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "start": self.start, "most": MOST}

    def form_valid(self, form: Any) -> HttpResponse:
        if "make" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, shown=True))
        number = make_series(
            self.start, form.moments, self.request.user, with_versions=form.cleaned_data["with_versions"]
        )
        log(self.start, "campaigns.series", user=self.request.user)
        sentence = ngettext(
            "%(number)d draft was made. It goes out once it is approved.",
            "%(number)d drafts were made. Each goes out once it is approved.",
            number,
        )
        messages.success(self.request, sentence % {"number": number})
        first = form.moments[0]
        return redirect(
            reverse("calendar_of_campaigns:month", args=[first.year, first.month])
            + f"?campaign={self.start.campaign_id}"
        )
