"""Taking down in the admin. What stands here only connects ``campaigns.takedown.admin`` to Wagtail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import HeaderButton

from campaigns.admin.buttons import ButtonsOfParts, more_buttons
from campaigns.admin.deciding_views import may_decide
from campaigns.models import Post
from campaigns.takedown.admin import urls


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return urls


@more_buttons.register
class TakeDownButtons(ButtonsOfParts):
    def of_post(self, post: Post, user: Any) -> Iterator[HeaderButton]:
        if may_decide(user):
            url = reverse("take_down_everywhere", args=[post.pk])
            yield HeaderButton(_("Take down everywhere"), url=url, icon_name="no-view", priority=90)
