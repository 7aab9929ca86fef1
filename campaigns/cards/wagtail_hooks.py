"""Quote cards in the admin. What stands here only connects ``campaigns.cards.admin`` to Wagtail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import Page

from campaigns.admin.announcing import is_shareable, may_announce
from campaigns.admin.buttons import ButtonsOfParts, more_buttons
from campaigns.cards.admin import card_url, urls
from campaigns.models import Campaign, Post


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return urls


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def make_card_of_this_page(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    if is_shareable(page) and may_announce(user):
        yield Button(_("Make a quote card"), url=card_url(page), icon_name="openquote", priority=75)


@more_buttons.register
class CardButtons(ButtonsOfParts):
    def of_campaign(self, campaign: Campaign, user: Any) -> Iterator[HeaderButton]:
        if may_announce(user):
            url = reverse("cards_of_campaign", args=[campaign.pk])
            yield HeaderButton(_("Quote cards"), url=url, icon_name="openquote", priority=60)

    def of_post(self, post: Post, user: Any) -> Iterator[HeaderButton]:
        if post.page and is_shareable(post.page) and may_announce(user):
            url = card_url(post.page, post.campaign, post)
            yield HeaderButton(_("Make a quote card"), url=url, icon_name="openquote", priority=60)
