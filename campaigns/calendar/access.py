"""Who may look at the calendar, and who may move what."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def may_see(user: Any) -> bool:
    """Campaign staff and whoever approves their posts."""
    return bool(
        user.has_perm("campaigns.view_post")
        or user.has_perm("campaigns.change_post")
        or user.has_perm("campaigns.publish_post")
    )


def may_move_planned(user: Any) -> bool:
    """What was approved goes out at its new time without being asked about again."""
    return bool(user.has_perm("campaigns.publish_post"))


def may_move_drafts(user: Any) -> bool:
    return bool(user.has_perm("campaigns.change_post"))


class CalendarAccess:
    """A view of the calendar: refused to everybody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
