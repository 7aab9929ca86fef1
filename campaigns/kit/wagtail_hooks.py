"""Partner kits in the admin. What stands here only connects ``campaigns.kit.admin`` to Wagtail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import HeaderButton

from campaigns.admin.buttons import ButtonsOfParts, PartTotal, more_buttons
from campaigns.kit.admin import kits_url, may_hand_out, urls
from campaigns.kit.told import told_by_partners
from campaigns.models import Campaign


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return urls


@more_buttons.register
class KitButtons(ButtonsOfParts):
    def of_campaign(self, campaign: Campaign, user: Any) -> Iterator[HeaderButton]:
        if may_hand_out(user):
            yield HeaderButton(_("Partner kits"), url=kits_url(campaign), icon_name="group", priority=62)

    def totals_of(self, campaign: Campaign) -> Iterator[PartTotal]:
        told = told_by_partners(campaign)
        if told.posted:
            yield PartTotal(_("Posted by partners"), told.posted, _("as partners told us"))
        if told.counted:
            note = ngettext_lazy(
                "told by partners for {posts} post", "told by partners for {posts} posts", told.counted
            )
            yield PartTotal(_("People reached by partners"), told.reach, note.format(posts=told.counted))
