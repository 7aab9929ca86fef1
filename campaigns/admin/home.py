"""What campaign staff see on the admin's first page: what needs a person, and what goes out next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from campaigns.admin.panels import STYLES
from campaigns.models import PlatformPost, Post, SocialAccount
from campaigns.states import Status

SHOWN = 5
ASKS_A_PERSON = Q(status__in=[Status.LATE, Status.FAILED, Status.BY_HAND])
TAKES_LONG = Q(status=Status.UNKNOWN)


def posts_asking() -> QuerySet[PlatformPost]:
    """What does not go on by itself, and what nobody knows the end of yet; the oldest first."""
    return (
        PlatformPost.objects.filter(ASKS_A_PERSON | TAKES_LONG)
        .select_related("post__campaign", "account")
        .order_by("due_at", "pk")
    )


def next_posts() -> QuerySet[PlatformPost]:
    return (
        PlatformPost.objects.filter(status=Status.SCHEDULED, due_at__gte=timezone.now())
        .select_related("post__campaign", "account")
        .order_by("due_at", "pk")
    )


class CampaignsPanel(Component):
    """Nothing is shown to those who may not change posts, and nothing when there is nothing to say."""

    name = "campaigns"
    template_name = "campaigns/admin/home_panel.html"
    order = 150
    media = STYLES

    def __init__(self, user: Any) -> None:
        self.user = user

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        if not self.user.has_perm("campaigns.change_post"):
            return ""
        return super().render_html(parent_context)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        asking = posts_asking()
        return {
            "asking": [_with_url(row) for row in asking[:SHOWN]],
            "more": max(0, asking.count() - SHOWN),
            "coming": [_with_url(row) for row in next_posts()[:SHOWN]],
            "paused": SocialAccount.objects.filter(state=SocialAccount.State.PAUSED),
            "may_sign_in": self.user.has_perm("campaigns.change_socialaccount"),
        }


def _with_url(row: PlatformPost) -> tuple[PlatformPost, str]:
    edit = reverse(Post.snippet_viewset.get_url_name("edit"), args=[row.post_id])
    return row, f"{edit}#on-account-{row.pk}"
