"""The door of the teller's pages: the link itself is the key, and nothing of a visit stays behind."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from allauth.core import ratelimit
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stories.consent.actions import find_link
from stories.consent.models import PrivateLink

RATE = "my_story"
"""In ``ACCOUNT_RATE_LIMITS``: how often somebody may try to change something."""

Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[..., HttpResponseBase]


def by_private_link(*, closed_too: bool = False) -> Callable[[View], View]:
    """Gives a view its ``PrivateLink`` and token. A link that is unknown or closed meets a page that says so.

    No cookie, so Django's CSRF check has nothing to go by: forms carry a nonce (``nonces``) instead.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return leave_nothing(
                _enter(view, request, token, closed_too=closed_too, args=args, kwargs=kwargs)
            )

        return guarded

    return decorate


def _enter(
    view: View, request: HttpRequest, token: str, *, closed_too: bool, args: Any, kwargs: Any
) -> HttpResponseBase:
    if request.method == "POST" and not ratelimit.consume(request, action=RATE, key=token):
        response = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = "300"
        return response
    link = find_link(token)
    if link is None:
        return render(request, "consent/teller/unknown.html", status=HTTPStatus.NOT_FOUND)
    if not closed_too and not link.works_at(timezone.now()):
        context = {"link": link, "token": token}
        return render(request, "consent/teller/closed.html", context, status=HTTPStatus.GONE)
    PrivateLink.objects.filter(pk=link.pk).update(last_used_at=timezone.now())
    return view(request, link, token, *args, **kwargs)


def leave_nothing(response: Answer) -> Answer:
    """The address is a key: no cache keeps the page, no search engine lists it, no other site learns of it."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response.cookies.clear()
    return response
