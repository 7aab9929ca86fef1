"""The evergreen queue in the admin. What stands here only connects ``campaigns.evergreen.admin`` to Wagtail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import LogActionRegistry

from campaigns.admin.buttons import ButtonsOfParts, more_buttons
from campaigns.admin.deciding_views import may_decide
from campaigns.evergreen.admin import urls
from campaigns.models import Campaign, Post


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return urls


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "campaigns.evergreen",
        _("Put into the evergreen queue"),
        _("The post was put into the evergreen queue."),
    )
    actions.register_action(
        "campaigns.not_evergreen",
        _("Taken out of the evergreen queue"),
        _("The post was taken out of the evergreen queue."),
    )


@more_buttons.register
class EvergreenButtons(ButtonsOfParts):
    def of_campaign(self, campaign: Campaign, user: Any) -> Iterator[HeaderButton]:
        if may_decide(user):
            yield HeaderButton(
                _("Evergreen queue"), url=reverse("evergreen"), icon_name="rotate", priority=75
            )

    def of_post(self, post: Post, user: Any) -> Iterator[HeaderButton]:
        if may_decide(user) and post.live and not hasattr(post, "evergreen_turn"):
            url = reverse("evergreen_post", args=[post.pk])
            yield HeaderButton(_("Evergreen"), url=url, icon_name="rotate", priority=75)
