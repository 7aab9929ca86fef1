"""Views of the roof: search, error pages, and what machines ask for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db import connection
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.models import Locale, Page

from core.languages import page_at_same_path, readable_translations

RESULTS_A_PAGE = 10


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when this process answers and its database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        *(
            f"Disallow: /{code}/{part}/"
            for code, __ in settings.LANGUAGES
            for part in ("accounts", "my-story")
        ),
        "Disallow: /s/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def picture(request: HttpRequest, folder: str, path: str) -> HttpResponse | FileResponse:
    """A picture of the media folder, where no web server in front hands them out."""
    return serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / folder))


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness, as RFC 9116 lays it out; valid half a year from today."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        return page_not_found(request)
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, de, fr, en",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages in the reader's language that hold all the words asked for."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    pages = Page.objects.live().public().filter(locale=Locale.get_active()).specific()
    results = Paginator(pages.search(query) if query else [], RESULTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"query": query, "results": results, "search_page": True}
    return render(request, "drieklank/search.html", context)


@require_safe
def not_translated(request: HttpRequest, translation_key: UUID) -> HttpResponse:
    """Says that a page does not exist in this language and offers the ones there are."""
    page = Page.objects.live().public().filter(translation_key=translation_key).first()
    return offer_languages(request, page) if page else page_not_found(request)


def offer_languages(request: HttpRequest, page: Page) -> HttpResponse:
    """Leads to ``page`` in the reader's language; where it does not exist, names the languages it can be read in."""
    versions = readable_translations(page)
    if get_language() in versions:
        return HttpResponseRedirect(versions[get_language()].url)
    return render(request, "drieklank/not_translated.html", {"versions": versions}, status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A path of another language, such as ``/de/levensverhalen/…``, is answered with the page it means."""
    page = page_at_same_path(request.path)
    return offer_languages(request, page) if page else render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "300"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """In three languages at once, and without a look into the database, which may be what fails."""
    return render(request, "500.html", status=500)
