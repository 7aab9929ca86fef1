"""Campaigns in the admin. What stands here only connects ``campaigns.admin`` to Wagtail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from campaigns.admin.accounts import AccountViewSet
from campaigns.admin.announcing import AnnounceView, announce_url, is_shareable, may_announce
from campaigns.admin.campaigns import CampaignViewSet, PartnerViewSet
from campaigns.admin.events import EventViewSet
from campaigns.admin.home import CampaignsPanel
from campaigns.admin.log import register_actions
from campaigns.admin.menu_items import name_the_approval
from campaigns.admin.posts import PostViewSet
from campaigns.calendar.viewset import CalendarViewSet
from campaigns.health.views import HealthPanel
from campaigns.models import Post
from campaigns.planning.buttons import PlanningButtons  # noqa: F401 - it registers itself
from campaigns.planning.viewset import HealthViewSet, PlanningViewSet


class CampaignsGroup(ModelViewSetGroup):
    """One menu for campaign staff; each entry shows only to those who may open it."""

    menu_label = _("Campaigns")
    menu_icon = "rocket"
    menu_order = 250
    items = (
        CalendarViewSet,
        PlanningViewSet,
        HealthViewSet,
        CampaignViewSet,
        PostViewSet,
        EventViewSet,
        AccountViewSet,
        PartnerViewSet,
    )


register_snippet(CampaignsGroup)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [path("campaigns/announce/<int:pk>/", AnnounceView.as_view(), name="campaigns_announce")]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def announce_this_page(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """“Announce this page” in the editor and in the lists of pages."""
    if is_shareable(page) and may_announce(user):
        yield Button(_("Announce this page"), url=announce_url(page), icon_name="rocket", priority=70)


@hooks.register("construct_homepage_panels")
def show_what_needs_a_person(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(HealthPanel(request.user))
    panels.append(CampaignsPanel(request.user))


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "campaigns/icons/rocket.svg"]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    register_actions(actions)


@hooks.register("construct_snippet_action_menu")
def approve_instead_of_publish(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if context["model"] is Post:
        name_the_approval(menu_items)


@hooks.register("construct_snippet_listing_buttons")
def write_versions_by_hand(buttons: list[Any], snippet: Any, user: Any) -> None:
    """People write a post anew in each language, so there is nothing for wagtail-localize to send (docs/campaigns.md)."""
    if isinstance(snippet, Post):
        buttons[:] = [button for button in buttons if "/localize/" not in (button.url or "")]
