from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin import messages

from core.publishing import MayNotGoOnline


class MayNotGoOnlineMiddleware:
    """Wherever in the admin somebody tries to publish what may not go online, they stay there and read why not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, MayNotGoOnline):
            return None
        exception.after_refusal()
        messages.error(request, exception.messages[0])
        back = request.headers.get("referer", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
            back = reverse("wagtailadmin_home")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":  # Wagtail's dialogues follow this
            return JsonResponse({"step": "success", "redirect": back})
        return HttpResponseRedirect(back)
