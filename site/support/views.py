"""The directory for machines and for other sites: open data, and a list to embed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, TypeVar

from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from support.choices import Kind
from support.finding import found_for
from support.geojson import feature_collection
from support.models import DirectoryPage, SupportService
from support.searching import Search

Answer = TypeVar("Answer", bound=HttpResponseBase)

SERVICES_A_PAGE = 100
COLUMNS = (
    "key",
    "kind",
    "name",
    "description_nl",
    "description_de",
    "description_fr",
    "country",
    "region",
    "municipalities",
    "languages",
    "audiences",
    "themes",
    "is_free",
    "self_referral",
    "opening_hours",
    "phones",
    "chat",
    "email",
    "site",
    "address",
    "latitude",
    "longitude",
    "status",
    "provenance",
    "source",
    "entered_on",
    "last_check",
    "next_check",
)


def _record(service: SupportService) -> dict[str, Any]:
    """A service as the API tells it; docs/directory.md explains each field."""
    plain = {name: getattr(service, name, None) for name in COLUMNS}
    return {
        **plain,
        "municipalities": [place.name for place in service.municipalities.all()],
        "opening_hours": service.hours,
        # RFC 3966: a number that spreadsheets do not take for a sum
        "phones": [phone.dial_from_abroad or phone.dial for phone in service.phones.all()],
        "chat": service.has_chat,
    }


@require_safe
def services_json(request: HttpRequest) -> HttpResponse:
    search = Search.from_query(request.GET)
    page = Paginator(search.results(timezone.now()), SERVICES_A_PAGE).get_page(request.GET.get("page"))
    following = None
    if page.has_next():
        query = request.GET.copy()
        query["page"] = str(page.next_page_number())
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return _open(
        JsonResponse(
            {
                "total": page.paginator.count,
                "next": following,
                "kinds": dict(Kind.choices),
                "services": [_record(service) for service in page],
            },
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
    )


@require_safe
def services_geojson(request: HttpRequest) -> HttpResponse:
    """Labels and pages are in the language of ``locale``: ``language`` asks for what a service speaks."""
    asked = request.GET.get("locale", "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    services = Search.from_query(request.GET).found(timezone.now())
    finder = DirectoryPage.in_language(language)
    address = request.build_absolute_uri(finder.get_url(request)) if finder else ""
    with override(language):
        places = feature_collection(services.prefetch_related("municipalities__merged_into"), address)
    response = JsonResponse(
        places, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False}
    )
    response["Content-Language"] = language
    return _open(response)


class _Line:
    """What csv writes a row to: it hands the row back."""

    def write(self, row: str) -> str:
        return row


@require_safe
def services_csv(request: HttpRequest) -> StreamingHttpResponse:
    results = Search.from_query(request.GET).results(timezone.now())
    response = StreamingHttpResponse(_rows(results), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="services.csv"'
    return _open(response)


def _rows(services: Any) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(COLUMNS)  # spreadsheets then read UTF-8
    for service in services:
        yield writer.writerow([_cell(value) for value in _record(service).values()])


def _cell(value: Any) -> str:
    """As text that a spreadsheet never runs as a formula."""
    text = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _open(response: Answer) -> Answer:
    """Any site may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request: HttpRequest) -> HttpResponse:
    """The answer to a question as a page that any site may show in a frame."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    finder = DirectoryPage.in_language(language)
    context = {
        **found_for(request.GET, timezone.now()),
        "home": request.build_absolute_uri(f"/{language}/"),
        "finder_url": finder.get_url(request) if finder else "",
    }
    return render(request, "support/embed.html", context)
