"""Campaigns in the admin: campaigns, posts, accounts and partners under one menu."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from campaigns.models import Campaign, Partner, Post


class PostViewSet(SnippetViewSet):
    model = Post
    icon = "comment"
    list_display: ClassVar[list[Any]] = ["__str__", "campaign", "locale", "planned_at"]
    list_filter: ClassVar[list[str]] = ["campaign", "locale"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("campaign"),
        FieldPanel("text"),
        MultiFieldPanel([FieldPanel("page"), FieldPanel("link")], heading=_("Link")),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image")),
        FieldPanel("planned_at"),
        InlinePanel("targets", heading=_("Accounts"), label=_("Account")),
    ]


class CampaignViewSet(SnippetViewSet):
    model = Campaign
    icon = "rocket"
    menu_order = 100


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"


class CampaignsGroup(SnippetViewSetGroup):
    items = (CampaignViewSet, PostViewSet, PartnerViewSet)
    menu_label = _("Campaigns")
    menu_icon = "rocket"
    menu_order = 250


register_snippet(CampaignsGroup)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "campaigns/icons/rocket.svg"]
