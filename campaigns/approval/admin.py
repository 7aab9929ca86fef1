"""A campaign's steps and sign-offs in the admin, and the audit trail of a post."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from campaigns.admin.announcing import campaign_breadcrumbs, may_announce
from campaigns.approval.arranging import Step, arrange_steps, steps_of
from campaigns.approval.models import CampaignApproval, SignOff, WhenOverdue
from campaigns.approval.reminding import address_of
from campaigns.models import Campaign, Post

READER = {
    "nl": _("Native reader Dutch"),
    "de": _("Native reader German"),
    "fr": _("Native reader French"),
}


class StepsForm(forms.Form):
    """Who is asked, and what happens when they do not answer."""

    partner = forms.CharField(
        label=_("Partner that is asked"),
        required=False,
        max_length=100,
        help_text=_("The name of a person or organisation. Empty: no partner is asked."),
    )
    partner_email = forms.EmailField(label=_("E-mail of the partner"), required=False)
    days = forms.IntegerField(
        label=_("Days to answer"),
        min_value=1,
        max_value=60,
        error_messages={"required": _("Write a number of days from 1 to 60.")},
    )
    when_overdue = forms.ChoiceField(
        label=_("After that"), choices=WhenOverdue.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        rules = CampaignApproval.objects.filter(campaign=campaign).first() or CampaignApproval()
        known = steps_of(campaign)
        initial: dict[str, Any] = {"days": rules.days, "when_overdue": rules.when_overdue}
        initial |= {f"reader_{step.language}": True for step in known if step.language}
        initial |= {f"reader_{step.language}_email": step.email for step in known if step.language}
        for step in known:
            if not step.language:
                initial |= {"partner": step.who, "partner_email": step.email}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        readers: dict[str, forms.Field] = {}
        for code, __ in settings.LANGUAGES:
            readers[f"reader_{code}"] = forms.BooleanField(label=READER[code], required=False)
            readers[f"reader_{code}_email"] = forms.EmailField(
                label=_("E-mail"),
                required=False,
                help_text=_("Gets the link. Without it staff hands the link over."),
            )
        self.fields = {**readers, **self.fields}

    @property
    def steps(self) -> list[Step]:
        data = self.cleaned_data
        steps = [
            Step(str(READER[code]), code, data[f"reader_{code}_email"])
            for code, __ in settings.LANGUAGES
            if data[f"reader_{code}"]
        ]
        if data["partner"].strip():
            steps.append(Step(data["partner"].strip(), "", data["partner_email"]))
        return steps


class ApprovalView(WagtailAdminTemplateMixin):
    """Open to campaign staff."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "tasks"
    page_title = _("Approval and sign-offs")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_announce(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def trail(**where: Any) -> list[tuple[SignOff, str, str]]:
    """Sign-offs, the newest first, each with the link to hand over while it waits, and the post's editor."""
    rows = (
        SignOff.objects.filter(**where)
        .select_related("post__locale", "post__campaign", "asked_by")
        .order_by("-pk")
    )
    edit = Post.snippet_viewset.get_url_name("edit")
    return [
        (row, address_of(row) if row.is_waiting else "", reverse(edit, args=[row.post_id]))
        for row in rows[:200]
    ]


class CampaignApprovalView(ApprovalView, FormView):  # type: ignore[type-arg]
    """The steps, and the trail of all posts of the campaign."""

    form_class = StepsForm
    template_name = "approval/admin/campaign.html"

    @cached_property
    def campaign(self) -> Campaign:
        return get_object_or_404(Campaign, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.campaign.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = campaign_breadcrumbs(self.campaign)
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "campaign": self.campaign}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "campaign": self.campaign, "trail": trail(post__campaign=self.campaign)}

    def form_valid(self, form: Any) -> HttpResponse:
        if not self.request.user.has_perm("campaigns.change_campaign"):
            raise PermissionDenied
        CampaignApproval.objects.update_or_create(
            campaign=self.campaign,
            defaults={"days": form.cleaned_data["days"], "when_overdue": form.cleaned_data["when_overdue"]},
        )
        arrange_steps(self.campaign, form.steps)
        messages.success(self.request, _("Saved. Posts that are submitted from now on take these steps."))
        return redirect("approval_of_campaign", self.campaign.pk)


class PostTrailView(ApprovalView, TemplateView):
    """Who agreed to what, of one post."""

    template_name = "approval/admin/post.html"

    @cached_property
    def shown(self) -> Post:
        return get_object_or_404(Post.objects.select_related("campaign"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.shown)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = campaign_breadcrumbs(self.shown.campaign)
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edit = reverse(Post.snippet_viewset.get_url_name("edit"), args=[self.shown.pk])
        context = super().get_context_data(**kwargs)
        return {**context, "shown": self.shown, "edit_url": edit, "trail": trail(post=self.shown)}


urls: list[URLPattern] = [
    path("campaigns/approval/<int:pk>/", CampaignApprovalView.as_view(), name="approval_of_campaign"),
    path("campaigns/approval/post/<int:pk>/", PostTrailView.as_view(), name="approval_of_post"),
]
