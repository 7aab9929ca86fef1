"""The report of what readers answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permission_policies.pages import PagePermissionPolicy

from factsheets.models import SheetAnswer


class AnswersReport(WagtailAdminTemplateMixin, ListView):
    """Newest first, of the sheets this person may change."""

    page_title = _("Answers of readers")
    header_icon = "comment"
    template_name = "factsheets/admin/answers.html"
    paginate_by = 50
    _show_breadcrumbs = True
    breadcrumbs_items: ClassVar[list[dict[str, Any]]] = [{"url": "", "label": _("Answers of readers")}]

    def get_queryset(self) -> QuerySet[SheetAnswer]:
        pages = PagePermissionPolicy().instances_user_has_permission_for(self.request.user, "change")
        return SheetAnswer.objects.filter(page__in=pages.values("pk")).select_related("page__locale")
