"""Where somebody makes and revokes the private addresses of their calendar, and what such an address answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from campaigns.calendar.access import CalendarAccess
from campaigns.calendar.feeds import feed_content, find_feed, make_feed, revoke_feed
from campaigns.calendar.filters import FilterForm
from campaigns.calendar.periods import NAMESPACE
from campaigns.models import CalendarFeed


class FeedForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = CalendarFeed
        fields = ("name",)
        error_messages = {"name": {"required": gettext_lazy("Give it a name, so that you know it again.")}}


class FeedsView(CalendarAccess, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """One's own addresses; a new one follows the filters in this page's address."""

    form_class = FeedForm
    template_name = "campaigns/admin/calendar/feeds.html"
    header_icon = "link"
    page_title = gettext_lazy("Calendar in your own program")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.filters = FilterForm(request.GET)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAMESPACE}:index"), "label": _("Calendar")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = CalendarFeed.objects.filter(user=self.request.user.pk, revoked_at=None)
        chosen = [(self.filters.fields[name].label, value) for name, value in self.filters.chosen.items()]
        return {"address": "", **super().get_context_data(**kwargs), "feeds": own, "chosen": chosen}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if number := request.POST.get("revoke"):
            own = CalendarFeed.objects.filter(user=request.user.pk, pk=number if number.isdecimal() else 0)
            revoke_feed(get_object_or_404(own))
            messages.success(request, _("The address is closed: programs that use it get nothing any more."))
            return redirect(reverse(f"{NAMESPACE}:feeds"))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        language = (get_language() or "nl")[:2]
        __, address = make_feed(self.request.user, form.cleaned_data["name"], self.filters.chosen, language)
        # Shown in this answer and never again, so there is no redirect; a reload would make another one.
        response = self.render_to_response(self.get_context_data(form=FeedForm(), address=address))
        response["Cache-Control"] = "no-store"
        return response


@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    feed = find_feed(token)
    if feed is None:
        raise Http404
    CalendarFeed.objects.filter(pk=feed.pk).exclude(read_on=timezone.localdate()).update(
        read_on=timezone.localdate()
    )
    with override(feed.language):
        content = feed_content(feed)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
