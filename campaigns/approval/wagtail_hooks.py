"""Approval in the admin. What stands here only connects ``campaigns.approval.admin`` to Wagtail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import HeaderButton

from campaigns.admin.announcing import may_announce
from campaigns.admin.buttons import ButtonsOfParts, more_buttons
from campaigns.approval.admin import urls
from campaigns.models import Campaign, Post


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return urls


@more_buttons.register
class ApprovalButtons(ButtonsOfParts):
    def of_campaign(self, campaign: Campaign, user: Any) -> Iterator[HeaderButton]:
        if may_announce(user):
            url = reverse("approval_of_campaign", args=[campaign.pk])
            yield HeaderButton(_("Approval and sign-offs"), url=url, icon_name="tasks", priority=64)

    def of_post(self, post: Post, user: Any) -> Iterator[HeaderButton]:
        if may_announce(user):
            url = reverse("approval_of_post", args=[post.pk])
            yield HeaderButton(_("Sign-offs"), url=url, icon_name="tasks", priority=64)
