from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from stories.consent.addresses import is_withdrawn


class WithdrawnAddressMiddleware:
    """Where a withdrawn story was, search engines and readers hear “gone” (410), which is more than “not found”."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND and is_withdrawn(request.path_info):
            return render(request, "consent/gone.html", status=HTTPStatus.GONE)
        return response
