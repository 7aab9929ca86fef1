"""The support directory in the admin. What stands here only connects ``support.admin`` to Wagtail."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from support.admin.choosing import service_chooser
from support.admin.glossary import GlossaryTermViewSet
from support.admin.importing import ChooseFile, Preview, export_services
from support.admin.routes import CareAdviceViewSet, CareGapsReport
from support.admin.services import MunicipalityViewSet, SupportServiceViewSet
from support.admin.stale import StaleServicesReport


class SupportGroup(ViewSetGroup):
    menu_label = _("Support directory")
    menu_icon = "help"
    menu_order = 260
    items = (SupportServiceViewSet, MunicipalityViewSet, CareAdviceViewSet, GlossaryTermViewSet)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [SupportGroup(), service_chooser]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [
        path("support/stale/", StaleServicesReport.as_view(), name="support_stale"),
        path(
            "support/stale/results/",
            StaleServicesReport.as_view(results_only=True),
            name="support_stale_results",
        ),
        path("support/import/", ChooseFile.as_view(), name="support_import"),
        path("support/import/<uuid:pk>/", Preview.as_view(), name="support_import_preview"),
        path("support/export.csv", export_services, name="support_export"),
        path("support/gaps/", CareGapsReport.as_view(), name="support_gaps"),
    ]


class DirectoryMenuItem(MenuItem):
    """Shown to those who may open it: the same people keep services and care routes."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("support.change_supportservice"))


@hooks.register("register_reports_menu_item")
def stale_services_menu_item() -> MenuItem:
    return DirectoryMenuItem(_("Services to check"), reverse("support_stale"), icon_name="warning")


@hooks.register("register_reports_menu_item")
def care_gaps_menu_item() -> MenuItem:
    return DirectoryMenuItem(_("Gaps in care routes"), reverse("support_gaps"), icon_name="warning")


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> Any:
    actions.register_action("support.import", _("Import"), _("Brought in from a file"))
