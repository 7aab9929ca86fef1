"""The report of reviews, and the click that records “checked, unchanged”."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from factsheets.models import FactsheetPage, Outcome
from factsheets.models.facts import today
from factsheets.models.reviews import last_review, record_review
from factsheets.reminding import sheets_with_due_date
from factsheets.usage import facts_of


def may_review(user: Any, page: FactsheetPage) -> bool:
    return bool(page.permissions_for_user(user).can_edit())


class ReviewsReport(WagtailAdminTemplateMixin, TemplateView):
    """Every sheet that is online with the day somebody must look again, the most urgent first."""

    page_title = gettext_lazy("Reviews of info sheets")
    header_icon = "calendar-check"
    template_name = "factsheets/admin/reviews.html"
    _show_breadcrumbs = True
    breadcrumbs_items: ClassVar[list[dict[str, Any]]] = [
        {"url": "", "label": gettext_lazy("Reviews of info sheets")}
    ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [self._row(page, due) for page, due in sheets_with_due_date()]
        return {**super().get_context_data(**kwargs), "rows": [row for row in rows if row["may_review"]]}

    def _row(self, page: FactsheetPage, due: date) -> dict[str, Any]:
        return {
            "page": page,
            "owner": page.sheet_owner or page.owner,
            "due": due,
            "overdue": due <= today(),
            "review": last_review(page),
            "expired": [said.fact for said in facts_of(page) if said.expired],
            "may_review": may_review(self.request.user, page),
        }


class RecordReview(View):
    """One click: the sheet was checked and nothing had to change."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = get_object_or_404(FactsheetPage, pk=pk)
        if not may_review(request.user, page):
            raise PermissionDenied
        review = record_review(page, request.user, Outcome.UNCHANGED)
        log(instance=page, action="factsheets.review", user=request.user, data={"review": review.pk})
        words = {"title": page.title, "day": date_format(review.next_review_on, "DATE_FORMAT")}
        messages.success(
            request, _("“%(title)s” is recorded as checked by you today. Next review: %(day)s.") % words
        )
        return redirect(reverse("factsheets_reviews"))
