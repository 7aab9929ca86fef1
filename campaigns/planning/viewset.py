"""The addresses of planning and of its health, and their entries in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from campaigns.admin.deciding_views import may_decide
from campaigns.health.views import HealthView
from campaigns.plan_import.views import PlanImportView
from campaigns.planning.series_views import SeriesView, SlotsView
from campaigns.planning.views import NAMESPACE, LateView, PauseView, ResumeView, ShiftView


class DecidersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_decide(request.user)


class PlanningViewSet(ViewSet):
    name = NAMESPACE
    url_prefix = "campaigns/planning"
    icon = "time"
    menu_label = _("Late and paused")
    menu_order = 60
    menu_item_class = DecidersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", LateView.as_view(), name="index"),
            path("pause/", PauseView.as_view(), name="pause_all"),
            path("pause/<int:pk>/", PauseView.as_view(), name="pause"),
            path("resume/<int:pk>/", ResumeView.as_view(), name="resume"),
            path("slots/", SlotsView.as_view(), name="slots"),
            path("series/<int:pk>/", SeriesView.as_view(), name="series"),
            path("import/", PlanImportView.as_view(), name="import"),
            path("shift/<int:pk>/", ShiftView.as_view(), name="shift"),
        ]


class HealthViewSet(ViewSet):
    name = "health_of_campaigns"
    url_prefix = "campaigns/health"
    icon = "tasks"
    menu_label = _("Health")
    menu_order = 350
    menu_item_class = DecidersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", HealthView.as_view(), name="index")]
