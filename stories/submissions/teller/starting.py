"""The first page: help first, then what happens with a story, then a button. It sets no cookie and keeps nothing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stories.submissions.drafting import start_draft
from stories.submissions.framing import campaign_name
from stories.submissions.limits import too_many
from support.choices import COUNTRIES
from support.showing import help_lines

from .entering import leave_nothing, refuse_for_now

SALT = "stories.submissions.start"
FORM_LASTS = 24 * 60 * 60  # seconds
COUNTRY_OF_LANGUAGE = {"nl": "NL", "de": "DE", "fr": "BE"}
"""What is shown first. Language is not country: one click chooses another."""
LINES_SHOWN = 5


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return leave_nothing(_begin(request))
    return _show(request)


def _begin(request: HttpRequest) -> HttpResponse:
    try:
        signing.loads(request.POST.get("word", ""), salt=SALT, max_age=FORM_LASTS)
    except signing.BadSignature:
        return _show(request, too_old=True)
    if too_many(request, "start"):
        return refuse_for_now(request)
    campaign = request.POST.get("campaign", "")
    __, token = start_draft(
        _language(),
        campaign if campaign_name(campaign) else "",
        trapped=bool(request.POST.get("website")),
    )
    return redirect("submission_step", token, "story")


def _show(request: HttpRequest, *, too_old: bool = False) -> HttpResponse:
    language = _language()
    countries = {code: name for code, name in COUNTRIES if code in COUNTRY_OF_LANGUAGE.values()}
    country = request.GET.get("country", "")
    if country not in countries:
        country = COUNTRY_OF_LANGUAGE[language]
    slug = (request.POST if request.method == "POST" else request.GET).get("campaign", "")
    name = campaign_name(slug)
    context: dict[str, Any] = {
        "word": signing.dumps("start", salt=SALT),
        "countries": countries,
        "country": country,
        "lines": help_lines(language, country)[:LINES_SHOWN],
        "campaign": slug if name else "",
        "campaign_name": name,
        "too_old": too_old,
        "keep_days": settings.SUBMISSIONS_KEEP_DAYS,
        "draft_days": settings.SUBMISSIONS_DRAFT_DAYS,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if too_old else HTTPStatus.OK
    return render(request, "submissions/teller/start.html", context, status=status)


def _language() -> str:
    language = (get_language() or "")[:2]
    return language if language in COUNTRY_OF_LANGUAGE else settings.LANGUAGE_CODE
