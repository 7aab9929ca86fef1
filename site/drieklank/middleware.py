"""What the roof asks of every answer that leaves the house, redirects and error pages included.

It stands first in ``MIDDLEWARE``, so that it sees what every other part of the house answers.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy for pages, a looser one for the admin, whose widgets use inline code, and for files
    that somebody uploaded one that lets them do nothing at all."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith("/documents/") and HEADER in response:
            del response[HEADER]  # Wagtail's own forbids loading, ours also running
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if report_only or parts.config:
            return parts
        if request.path_info.startswith("/admin/"):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        elif request.path_info.startswith(("/documents/", settings.MEDIA_URL)):
            parts.config = settings.UPLOADS_CONTENT_SECURITY_POLICY
        return parts


class AnswerHeadersMiddleware:
    """What browsers may use here (nothing), and what may be kept: public pages for a minute, all else never.

    An answer is public when nobody is signed in, nothing was set on the visitor, and all went well. A view that
    knows better sets ``Cache-Control`` itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = PUBLIC if self.is_public(request, response) else PRIVATE
        return response

    def is_public(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        return (
            request.method in ("GET", "HEAD")
            and response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED, HTTPStatus.MOVED_PERMANENTLY)
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not response.cookies
        )


class LanguageMiddleware(LocaleMiddleware):
    """Where an address has no language, a missing page is missing: Django would look for it once more with one,
    find that Wagtail takes any address, and send the visitor there to be told."""

    WITHOUT_LANGUAGE = ("/admin/", "/documents/", "/media/", "/s/", "/static/")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == HTTPStatus.NOT_FOUND and request.path_info.startswith(
            self.WITHOUT_LANGUAGE
        ):
            patch_vary_headers(response, ["Accept-Language"])
            return response
        return super().process_response(request, response)


PUBLIC = "public, max-age=60"
PRIVATE = "private, no-store"
