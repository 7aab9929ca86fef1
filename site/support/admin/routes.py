"""Advice of the care-route finder, and the report of what nobody has written yet."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from core.countries import Country
from support.models import CareAdvice
from support.models.routes import Question
from support.routing import all_situations, gaps


class CareAdviceViewSet(ModelViewSet):
    model = CareAdvice
    name = "care_advice"
    url_prefix = "support/care-routes"
    icon = "redirect"
    menu_label = _("Care routes")
    menu_order = 300
    add_to_reference_index = False
    copy_view_enabled = True
    search_fields: ClassVar[list[str]] = ["key", "text_nl", "text_de", "text_fr"]
    search_backend_name = None
    list_display: ClassVar[list[str]] = ["key", "part", "certainty", "written_on"]
    list_filter: ClassVar[list[str]] = ["part", "certainty"]
    panels = CareAdvice.panels


class CareGapsReport(WagtailAdminTemplateMixin, TemplateView):
    """For which of the 27 combinations of countries a part of the answer is missing."""

    page_title = _("Gaps in care routes")
    header_icon = "warning"
    template_name = "support/admin/gaps.html"
    _show_breadcrumbs = True
    breadcrumbs_items: ClassVar[list[dict[str, Any]]] = [{"url": "", "label": _("Gaps in care routes")}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("support.change_careadvice"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            {
                "part": gap.part.label,
                "insured": Country(gap.insured).label,
                "question": Question(gap.question).label,
                "situations": gap.situations,
            }
            for gap in gaps(CareAdvice.objects.all())
        ]
        total = sum(1 for __ in all_situations())
        return {**super().get_context_data(**kwargs), "rows": rows, "total": total}
