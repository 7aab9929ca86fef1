"""The report of services that somebody must look at again."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from support.choices import SiteState
from support.models import SupportService
from support.models.services import today


def reasons_to_check(service: SupportService) -> str:
    """Why it is on the report, in words."""
    reasons = []
    if not service.is_verified:
        reasons.append(_("not verified yet"))
    if service.next_check is None:
        reasons.append(_("nobody said when to look again"))
    elif service.next_check <= today():
        reasons.append(_("due to be checked"))
    if service.site_state == SiteState.DEAD and service.site_fails_since:
        day = date_format(timezone.localdate(service.site_fails_since), "DATE_FORMAT")
        reasons.append(_("its website has not answered since %(day)s") % {"day": day})
    if service.site_state == SiteState.UNCLEAR:
        reasons.append(_("its website keeps programs out: not sure whether it works"))
    return ", ".join(reasons)


class StaleServicesReport(ReportView):
    """The longest overdue first; those that nobody ever dated come before them."""

    page_title = gettext_lazy("Services to check")
    header_icon = "warning"
    index_url_name = "support_stale"
    index_results_url_name = "support_stale_results"
    model = SupportService
    permission_policy = ModelPermissionPolicy(SupportService)
    permission_required = "change"
    list_export: ClassVar[list[str]] = ["key", "name", "country", "status", "last_check", "next_check"]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "name",
                label=_("Service"),
                get_url=lambda service: reverse("support_service:edit", args=[service.pk]),
            ),
            Column("country", label=_("Country"), accessor="get_country_display"),
            Column("reasons", label=_("Why"), accessor=reasons_to_check),
            DateColumn("last_check", label=_("Last checked on")),
            DateColumn("next_check", label=_("To be checked again on")),
        ]

    def get_queryset(self) -> QuerySet[SupportService]:
        self.queryset = SupportService.objects.stale().order_by("next_check", "name")
        return super().get_queryset()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]
