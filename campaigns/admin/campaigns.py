"""Campaigns and partners: plain lists and forms; a campaign opens on its desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin.utils import quote
from django.forms import CheckboxSelectMultiple
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from campaigns.admin.announcing import ChoosePageView
from campaigns.admin.deleting import KeptDeleteView
from campaigns.admin.desk import DeskView
from campaigns.admin.report import ReportView
from campaigns.models import Campaign, Partner


class CampaignIndexView(generic.IndexView):
    default_ordering = "name"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self._get_title_column("name"),
            DateColumn("starts_on", label=_("From"), sort_key="starts_on"),
            DateColumn("ends_on", label=_("Until"), sort_key="ends_on"),
        ]

    def _get_title_column(self, field_name: str, **kwargs: Any) -> Column:
        column = super()._get_title_column(field_name, **kwargs)
        column._get_url_func = lambda campaign: reverse("campaign:desk", args=[quote(campaign.pk)])
        return column


class CampaignEditView(generic.EditView):
    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("To the desk"), url=self._desk_url, icon_name="view")]

    @property
    def _desk_url(self) -> str:
        return reverse("campaign:desk", args=[self.object.pk])

    def get_success_url(self) -> str:
        return self._desk_url


class CampaignDeleteView(KeptDeleteView):
    kept_because = _(
        "This campaign has posts or pages, so it is kept with their figures. Delete its drafts and pages first."
    )

    @property
    def is_kept(self) -> bool:
        return bool(self.object.posts.exists() or self.object.pages.exists())


class CampaignViewSet(ModelViewSet):
    model = Campaign
    name = "campaign"
    url_prefix = "campaigns/campaign"
    icon = "rocket"
    menu_label = _("Campaigns")
    menu_order = 100
    copy_view_enabled = False
    search_fields: ClassVar[list[str]] = ["name", "aim"]
    index_view_class = CampaignIndexView
    edit_view_class = CampaignEditView
    delete_view_class = CampaignDeleteView
    delete_template_name = "campaigns/admin/confirm_delete.html"
    panels: ClassVar[list[Any]] = [
        FieldPanel("name", classname="title"),
        FieldPanel("slug"),
        FieldPanel("aim", icon="openquote"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("Period"), icon="date"),
        FieldRowPanel([FieldPanel("languages"), FieldPanel("regions")], heading=_("Where"), icon="site"),
        FieldPanel("partners", widget=CheckboxSelectMultiple, icon="group"),
        MultiFieldPanel(
            [FieldPanel("hashtags"), FieldPanel("hashtags_de"), FieldPanel("hashtags_fr")],
            heading=_("Hashtags"),
            icon="tag",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("brand_colour"), FieldPanel("brand_accent")]), FieldPanel("logo")],
            heading=_("How it shows"),
            icon="view",
        ),
        InlinePanel("goals", heading=_("Goals"), label=_("goal"), icon="tick-inverse"),
        FieldRowPanel([FieldPanel("budget"), FieldPanel("spent")], heading=_("Budget"), icon="form"),
        InlinePanel(
            "funding_notices",
            heading=_("Who pays for it"),
            label=_("funding notice"),
            help_text=_("Shown on the campaign’s pages within its period, and never outside it."),
            icon="info-circle",
        ),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", DeskView.as_view(), name="desk"),
            path("<int:pk>/report/", ReportView.as_view(), name="report"),
            path("<int:pk>/announce/", ChoosePageView.as_view(), name="announce"),
        ]


class PartnerViewSet(ModelViewSet):
    model = Partner
    name = "partner"
    url_prefix = "campaigns/partner"
    icon = "group"
    menu_label = _("Partners")
    menu_order = 400
    copy_view_enabled = False
    search_fields: ClassVar[list[str]] = ["name"]
    list_display: ClassVar[list[str]] = ["name", "website", "is_confirmed"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("name", classname="title"),
        FieldPanel("website", icon="link"),
        FieldPanel("is_confirmed"),
        FieldPanel("logo", icon="image"),
    ]
