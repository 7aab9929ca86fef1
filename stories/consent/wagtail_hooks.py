"""Consent in the admin. What stands here only connects ``stories.consent`` to Wagtail."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from core.models import CustomDocument
from core.publishing import MayNotGoOnline
from core.sharing import SharingUse
from stories.consent.admin import urls
from stories.consent.admin.access import may_see_consents
from stories.consent.clearance import consent_for
from stories.consent.gate import check_revision
from stories.consent.handing_out import may_be_handed_out
from stories.models import StoryPage


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("consents/", include((urls.urlpatterns, "consent")))]


class ConsentMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_consents(request.user)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return ConsentMenuItem(
        gettext_lazy("Consents"), reverse("consent:index"), name="consents", icon_name="key", order=240
    )


@hooks.register("before_publish_page")
def say_what_is_missing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The draft is saved at this point; only publishing stops."""
    revision = page.get_latest_revision() if isinstance(page, StoryPage) else None
    if revision is None:
        return None
    try:
        check_revision(revision)
    except MayNotGoOnline as refusal:
        messages.error(request, f"{refusal.messages[0]} {_('Your changes are saved as a draft.')}")
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_copy_page")
@hooks.register("before_create_alias_page")
def refuse_copies(request: HttpRequest, page: Page, *args: Any) -> HttpResponse | None:
    story = page.specific
    if not isinstance(story, StoryPage) or story.is_example:
        return None
    messages.error(
        request, _("A story cannot be copied: the consent of its teller belongs to this one page.")
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_serve_page")
def serve_only_with_consent(page: Page, request: HttpRequest, *args: Any) -> None:
    """On the day a consent ends nobody waits for a worker; and what slipped past every guard is not read."""
    if isinstance(page, StoryPage) and not consent_for(page, SharingUse.WEB).allowed:
        raise Http404


@hooks.register("before_serve_document", order=100)
def hand_out_only_with_consent(document: CustomDocument, request: HttpRequest) -> None:
    """With its story a recording leaves its public address. Staff still hear it; others are asked to sign in first."""
    if not request.user.has_perm("wagtailadmin.access_admin") and not may_be_handed_out(document):
        raise Http404
