"""Partner kits in the admin: who has one, its link, what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from campaigns.admin.announcing import campaign_breadcrumbs
from campaigns.kit.filling import fill_kit, make_crops_later, make_kit
from campaigns.kit.models import KitItem, PartnerFigure, PartnerKit
from campaigns.kit.telling import address_of
from campaigns.models import Campaign, Partner


def may_hand_out(user: Any) -> bool:
    return bool(user.has_perm("campaigns.change_campaign"))


class KitView(WagtailAdminTemplateMixin):
    """Open to those who may change campaigns."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "group"
    page_title = _("Partner kits")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_hand_out(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def campaign(self) -> Campaign:
        return get_object_or_404(Campaign, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.campaign.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = campaign_breadcrumbs(self.campaign)
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.page_title}]


def kits_with_figures(campaign: Campaign) -> QuerySet[PartnerKit]:
    """Each with ``offered``, ``posted``, ``gone`` (still to be taken down), ``visits`` and ``told_reach``; the last
    two are None when nothing is known."""
    visits = (
        KitItem.objects.filter(kit=OuterRef("pk"))
        .order_by()
        .values("kit")
        .annotate(total=Sum("short_url__visit_counts__visits"))
        .values("total")
    )
    newest = PartnerFigure.objects.filter(item=OuterRef("pk")).order_by("-told_at", "-pk").values("value")[:1]
    reach = (
        KitItem.objects.filter(kit=OuterRef("pk"))
        .order_by()
        .annotate(newest=Subquery(newest))
        .values("kit")
        .annotate(total=Sum("newest"))
        .values("total")
    )
    gone = Q(items__withdrawn_at__isnull=False, items__taken_down_at=None)
    return (
        PartnerKit.objects.filter(campaign=campaign)
        .select_related("partner")
        .annotate(
            offered=Count("items", filter=Q(items__withdrawn_at=None)),
            posted=Count("items", filter=Q(items__posted_at__isnull=False)),
            gone=Count("items", filter=gone),
            visits=Subquery(visits),
            told_reach=Subquery(reach),
        )
    )


class KitsView(KitView, TemplateView):
    template_name = "kit/admin/kits.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kits = list(kits_with_figures(self.campaign))
        rows = [(kit, "" if kit.revoked_at else address_of(kit)) for kit in kits]
        return {**super().get_context_data(**kwargs), "campaign": self.campaign, "rows": rows}


class KitForm(forms.Form):
    partner = forms.ModelChoiceField(
        label=_("Partner"),
        queryset=Partner.objects.none(),
        error_messages={"required": _("Choose the partner whose kit it is.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In which languages this partner posts."),
        error_messages={"required": _("Choose at least one language.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_(
            "Who hears when something of the kit is withdrawn. Without it nobody does: then tell them yourself."
        ),
    )

    def __init__(self, *args: Any, campaign: Campaign, kit: PartnerKit | None = None, **kwargs: Any) -> None:
        if kit:
            kwargs["initial"] = {"partner": kit.partner_id, "languages": kit.languages, "email": kit.email}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["partner"]
        if kit:
            field.queryset, field.disabled = Partner.objects.filter(pk=kit.partner_id), True
        else:
            field.queryset = campaign.partners.exclude(kits__campaign=campaign)


class KitFormView(KitView, FormView):  # type: ignore[type-arg]
    """A new kit, or what an existing one holds."""

    form_class = KitForm
    template_name = "kit/admin/kit_form.html"

    @cached_property
    def kit(self) -> PartnerKit | None:
        pk = self.kwargs.get("kit")
        return get_object_or_404(PartnerKit, pk=pk, campaign=self.campaign) if pk else None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "campaign": self.campaign, "kit": self.kit}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "campaign": self.campaign, "kit": self.kit}

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        order = [code for code, __ in settings.LANGUAGES if code in data["languages"]]
        kit = self.kit
        if kit:
            kit.languages, kit.email = order, data["email"]
            kit.save(update_fields=["languages", "email"])
            fill_kit(kit)
        else:
            kit = make_kit(self.campaign, data["partner"], order, data["email"])
        make_crops_later(kit.items.values_list("post__image_id", flat=True))
        messages.success(self.request, _("The kit is ready. Hand its link over to the partner."))
        return redirect("kits_of_campaign", self.campaign.pk)


class ChangeLinkView(KitView, TemplateView):
    """Close a link, or make a new one, which closes the old one."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kit = get_object_or_404(PartnerKit, pk=kwargs["kit"], campaign=self.campaign)
        if "close" in request.POST:
            PartnerKit.objects.filter(pk=kit.pk, revoked_at=None).update(revoked_at=timezone.now())
            messages.success(request, _("The link is closed: it shows nothing any more."))
        else:
            kit.renew_link()
            kit.save()
            fill_kit(kit)
            messages.success(request, _("There is a new link. The old one is closed."))
        log(kit.campaign, "wagtail.edit", user=request.user)
        return redirect("kits_of_campaign", self.campaign.pk)


urls: list[URLPattern] = [
    path("campaigns/kits/<int:pk>/", KitsView.as_view(), name="kits_of_campaign"),
    path("campaigns/kits/<int:pk>/new/", KitFormView.as_view(), name="kit_new"),
    path("campaigns/kits/<int:pk>/<int:kit>/", KitFormView.as_view(), name="kit_edit"),
    path("campaigns/kits/<int:pk>/<int:kit>/link/", ChangeLinkView.as_view(), name="kit_link"),
]


def kits_url(campaign: Campaign) -> str:
    return reverse("kits_of_campaign", args=[campaign.pk])
