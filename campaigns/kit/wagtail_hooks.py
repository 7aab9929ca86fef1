"""Partner kits in the admin. What stands here only connects ``campaigns.kit.admin`` to Wagtail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import HeaderButton

from campaigns.admin.buttons import ButtonsOfParts, more_buttons
from campaigns.kit.admin import kits_url, may_hand_out, urls
from campaigns.models import Campaign


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return urls


@more_buttons.register
class KitButtons(ButtonsOfParts):
    def of_campaign(self, campaign: Campaign, user: Any) -> Iterator[HeaderButton]:
        if may_hand_out(user):
            yield HeaderButton(_("Partner kits"), url=kits_url(campaign), icon_name="group", priority=62)
