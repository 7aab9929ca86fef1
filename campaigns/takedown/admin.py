"""“Take down everywhere”: a page that says what will happen, a button, and the ledger, which prints."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from campaigns.admin.announcing import campaign_breadcrumbs
from campaigns.admin.deciding_views import may_decide
from campaigns.kit.models import KitItem
from campaigns.models import PlatformPost, Post
from campaigns.takedown.actions import posts_of, take_down_everywhere
from campaigns.takedown.ledger import Standing, ledger_of
from campaigns.takedown.models import TakeDown, key_of
from core.models import User


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("For the ledger. Write nothing here that must not be read later."),
    )


class TakeDownView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Before: what will happen. After: what is gone, what is under way, what a person must do."""

    form_class = ReasonForm
    template_name = "takedown/admin/take_down.html"
    header_icon = "no-view"
    page_title = _("Take down everywhere")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_decide(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def shown(self) -> Post:
        return get_object_or_404(Post.objects.select_related("campaign", "locale"), pk=self.kwargs["pk"])

    @cached_property
    def take_down(self) -> TakeDown | None:
        return (
            TakeDown.objects.filter(translation_key=key_of(self.shown))
            .select_related("asked_by", "campaign")
            .first()
        )

    def get_page_subtitle(self) -> str:
        return str(self.shown)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = campaign_breadcrumbs(self.shown.campaign)
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = ledger_of(self.take_down) if self.take_down else []
        posts, key = posts_of(self.shown), key_of(self.shown)
        return {
            **super().get_context_data(**kwargs),
            "shown": self.shown,
            "take_down": self.take_down,
            "versions": list(posts.filter(translation_key=key)),
            "repeats": posts.exclude(translation_key=key).count(),
            "entries": entries,
            "left": sum(entry.standing is not Standing.GONE for entry in entries),
            "accounts": PlatformPost.objects.filter(post__in=posts).values("account").distinct().count(),
            "partners": KitItem.objects.filter(post__in=posts).values("kit").distinct().count(),
            "now": timezone.now(),
            "edit_url": reverse(Post.snippet_viewset.get_url_name("edit"), args=[self.shown.pk]),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        take_down_everywhere(self.shown, cast("User", self.request.user), form.cleaned_data["reason"])
        messages.success(
            self.request, _("It is being taken down. The ledger below shows what is left to do.")
        )
        return redirect("take_down_everywhere", self.shown.pk)


urls: list[URLPattern] = [
    path("campaigns/take-down/<int:pk>/", TakeDownView.as_view(), name="take_down_everywhere")
]
