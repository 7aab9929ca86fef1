"""The quarterly report of a campaign: to read, to print, and as CSV."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from campaigns.admin.charts import every_day, line_chart
from campaigns.goals import progress_of
from campaigns.models import Campaign
from campaigns.reach import Series, reach_of
from campaigns.reporting.figures import Report, as_table, report_of
from campaigns.reporting.quarters import Quarter


class ReportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    model = Campaign
    any_permission_required = ("view", "change", "add")
    template_name = "campaigns/admin/report.html"
    header_icon = "doc-full"
    page_title = gettext_lazy("Quarterly report")
    campaign: Campaign
    quarter: Quarter

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.campaign = get_object_or_404(Campaign, pk=kwargs["pk"])
        self.quarter = Quarter.read(request.GET.get("quarter", "")) or Quarter.of(timezone.localdate())

    def get_page_subtitle(self) -> str:
        return self.campaign.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("campaign:index"), "label": _("Campaigns")},
            {"url": reverse("campaign:desk", args=[self.campaign.pk]), "label": self.campaign.name},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") == "csv":
            return self._as_csv(report_of(self.campaign, self.quarter))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = report_of(self.campaign, self.quarter)
        visits = Series(_("Visits by short address"), every_day(report.visits_by_day))
        until = min(self.quarter.last_day, timezone.localdate())
        return {
            **super().get_context_data(**kwargs),
            "campaign": self.campaign,
            "quarter": self.quarter,
            "report": report,
            "goals": progress_of(self.campaign, reach_of(self.campaign)),
            "chart": line_chart([visits] if visits.points else [], until),
            "today": timezone.localdate(),
        }

    def _as_csv(self, report: Report) -> HttpResponse:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.campaign.slug}-{self.quarter}.csv"'
        response.write("\ufeff")  # spreadsheets take it for Latin-1 without
        csv.writer(response).writerows(as_table(report))
        return response
