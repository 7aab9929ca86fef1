"""What all views on consents share: who may enter, and the way back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from .access import may_see_consents


@method_decorator(never_cache, name="dispatch")
class ConsentView(WagtailAdminTemplateMixin):
    """Open to consent officers alone."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "key"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_see_consents(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def above(self) -> list[dict[str, Any]]:
        """Breadcrumbs between the list of consents and this page."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("consent:index"), "label": _("Consents")},
            *self.above(),
            {"url": "", "label": self.get_page_title()},
        ]
