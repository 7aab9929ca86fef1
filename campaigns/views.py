"""The public side of campaigns: short addresses. Updates are on the campaign's page."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

import crawleruseragents
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaigns.composing import short_address
from campaigns.models import ShortUrl
from campaigns.qr_codes import qr_png, qr_svg

QR_CODES = {"svg": (qr_svg, "image/svg+xml"), "png": (qr_png, "image/png")}


@never_cache
@require_safe
def follow_short_url(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the page and count one visit: of a person, not of a machine, and without keeping who it was."""
    short_url = get_object_or_404(ShortUrl.objects.select_related("page"), code=code.lower())
    if short_url.is_gone:
        return render(request, "campaigns/gone.html", status=HTTPStatus.GONE)
    address = (short_url.page.full_url or "") if short_url.page else short_url.address
    if not address:
        raise Http404
    if is_visit(request):
        short_url.count_visit(timezone.localdate())
    parts = urlsplit(address)
    query = "&".join(filter(None, [parts.query, short_url.parameters]))
    return HttpResponseRedirect(urlunsplit(parts._replace(query=query)))


@require_safe
def qr_code(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The short address as a QR code: ``svg`` or ``png``. Looking at it is no visit."""
    short_url = get_object_or_404(ShortUrl, code=code.lower())
    if short_url.is_gone or kind not in QR_CODES:
        raise Http404
    draw, content_type = QR_CODES[kind]
    response = HttpResponse(draw(short_address(short_url.code)), content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="qr-{short_url.code}.{kind}"'
    return response


def is_visit(request: HttpRequest) -> bool:
    """Whether a person followed the link: no preview robot, no prefetch, no look at the head only."""
    if request.method != "GET":
        return False
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if "prefetch" in purpose or "preview" in purpose:
        return False
    agent = request.headers.get("User-Agent", "")
    names_its_keeper = "+http" in agent or "+mailto:" in agent  # robots do, browsers do not
    return bool(agent) and not names_its_keeper and not crawleruseragents.is_crawler(agent)
