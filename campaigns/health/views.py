"""Health as staff see it: a page of its own, and a panel on the admin's first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from campaigns.admin.deciding_views import may_decide
from campaigns.admin.home import next_posts
from campaigns.admin.panels import STYLES
from campaigns.health.measures import failing_accounts, punctuality, stuck
from campaigns.health.noticing import notice
from campaigns.models import Pause
from campaigns.planning.deciding import late_posts

SHOWN = 20


class HealthView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "campaigns/admin/health/page.html"
    page_title = _("Health of publishing")
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_decide(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = stuck()
        return {
            **super().get_context_data(**kwargs),
            "life": notice(),
            "punctuality": punctuality(),
            "stuck": held[:SHOWN],
            "stuck_number": held.count(),
            "late_number": late_posts().count(),
            "failing": failing_accounts(),
            "coming": next_posts()[:SHOWN],
            "pauses": Pause.objects.open().select_related("campaign"),
        }


class HealthPanel(Component):
    """A banner for staff while the worker is silent or something is paused or stuck; else nothing."""

    name = "campaigns-health"
    template_name = "campaigns/admin/health/banner.html"
    order = 40
    media = STYLES

    def __init__(self, user: Any) -> None:
        self.user = user

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        return super().render_html(parent_context) if may_decide(self.user) else ""

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {
            "life": notice(),
            "stuck_number": stuck().count(),
            "pauses": Pause.objects.open().select_related("campaign"),
        }


@never_cache
@require_safe
def worker_health(request: HttpRequest) -> HttpResponse:
    """For monitoring: 200 while the background worker shows itself, 503 when it is silent. Says nothing more."""
    alive = notice().alive
    return HttpResponse(
        "ok\n" if alive else "silent\n", status=200 if alive else 503, content_type="text/plain"
    )
