"""Hands out the PDF that says what the page says today, and no other."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from factsheets.countries import Situation
from factsheets.models import FactsheetPage, PrintKind
from factsheets.printing.storing import current_print, kinds_of, order_for

TRY_AGAIN = 60  # seconds


def hand_out(request: HttpRequest, page: FactsheetPage, kind: str) -> HttpResponseBase:
    """The PDF, or a page that says it is being made and that the sheet itself prints well too (503)."""
    if PrintKind(kind) not in kinds_of(page):
        raise Http404
    printed = current_print(page, PrintKind(kind), order_for(page, Situation.from_query(request.GET)))
    if printed is None or not printed.is_there:
        return TemplateResponse(
            request,
            "factsheets/pdf_not_ready.html",
            {"page": page, "self": page},
            status=503,
            headers={"Retry-After": str(TRY_AGAIN)},
        )
    name = f"{page.slug}{'-' + kind if kind != PrintKind.SHEET else ''}.pdf"
    response = FileResponse(printed.file.open("rb"), filename=name, content_type="application/pdf")
    response["Cache-Control"] = "no-cache"
    response["Content-Language"] = page.locale.language_code
    return response
