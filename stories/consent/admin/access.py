"""Who may see consents: those who were given the right, and nobody because of another one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def may_see_consents(user: Any) -> bool:
    """Administrators keep the site running; who a teller is, is none of their business.

    Their account passes every other check, so the right is looked up by itself: in a group, or given by hand.
    """
    if not user.is_active or user.is_anonymous:
        return False
    return (
        Permission.objects.filter(content_type__app_label="consent", codename="change_consentrecord")
        .filter(Q(group__user=user) | Q(user=user))
        .exists()
    )


def for_consent_officers(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_consents(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
