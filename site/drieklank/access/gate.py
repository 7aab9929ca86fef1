"""The door of the admin: who may enter, and whether they proved it twice, before any view behind it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_used
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, override

from core.models import User

PROVEN_BY = "second_factor_proven_by"
FIRST_DOORS = (
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
)


@receiver([authenticator_added, authenticator_used])
def remember_proof(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """This session has shown a second factor of this person, however it was signed in."""
    request.session[PROVEN_BY] = user.pk


class AdminGateMiddleware:
    """Behind ``/admin/`` come only people with access to it and, where the settings ask for it, a second factor
    shown in this session. It does not trust the way somebody signed in: any other way in meets the same door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(reverse("wagtailadmin_home")) and request.user.is_authenticated:
            refusal = self.refuse(request, request.user)
            if refusal is not None:
                return refusal
        return self.get_response(request)

    def refuse(self, request: HttpRequest, user: User) -> HttpResponse | None:
        if request.path_info in [reverse(name) for name in FIRST_DOORS]:
            return None
        if not user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if not settings.SECOND_FACTOR_REQUIRED:
            return None
        with override(language_of(user) or get_language()):
            if not is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
                return send(request, reverse("mfa_index"), gettext("Set up a second factor first."))
            if request.session.get(PROVEN_BY) != user.pk:
                return send(request, second_factor_page(user), gettext("Show your second factor first."))
        return None


def language_of(user: User) -> str | None:
    """The language a person chose for the admin; ``None`` leaves the browser's."""
    profile = getattr(user, "wagtail_userprofile", None)
    return profile.preferred_language or None if profile else None


def second_factor_page(user: User) -> str:
    methods = get_adapter().get_reauthentication_methods(user)
    return next(method["url"] for method in methods if method["id"].startswith("mfa_"))


def send(request: HttpRequest, address: str, reason: str) -> HttpResponse:
    """A page goes to ``address`` and comes back; a script, which cannot follow, gets 403 and the reason."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest" or not request.accepts("text/html"):
        return JsonResponse({"error": reason, "location": address}, status=403)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("wagtailadmin_home")
    return HttpResponseRedirect(f"{address}?{urlencode({'next': back})}")
