"""Who may read what people told: those who were given the right. An administrator's account alone does not open it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

MAY = {"content_type__app_label": "submissions", "codename": "change_submission"}


def may_see_submissions(user: Any) -> bool:
    """The right is looked up by itself: administrators pass every other check."""
    if not user.is_active or user.is_anonymous:
        return False
    return Permission.objects.filter(**MAY).filter(Q(group__user=user) | Q(user=user)).exists()


def people_for_submissions() -> QuerySet[Any]:
    """Everybody a submission can be assigned to."""
    in_group = {f"groups__permissions__{name}": value for name, value in MAY.items()}
    by_hand = {f"user_permissions__{name}": value for name, value in MAY.items()}
    people = get_user_model().objects.filter(Q(**in_group) | Q(**by_hand), is_active=True)
    return people.distinct().order_by("first_name", "last_name", "pk")


@method_decorator(never_cache, name="dispatch")
class SubmissionView(WagtailAdminTemplateMixin):
    """Open to those who look after submissions alone."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_see_submissions(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
