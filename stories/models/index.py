from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField

from core.pages import PAGE_TRANSLATABLE_FIELDS

STORIES_A_PAGE = 12


class StoryIndexPage(Page):
    """The entrance to the stories of one language: a list to choose from by border, barrier, theme, phase and form."""

    shareable = False

    intro = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]
    translatable_fields: ClassVar[list[Any]] = [*PAGE_TRANSLATABLE_FIELDS, TranslatableField("intro")]
    subpage_types: ClassVar[list[str]] = ["stories.StoryPage"]

    class Meta:
        verbose_name = _("list of life stories")

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Beside the list itself what belongs to it without being a page: the visitor's own map, and the figures."""
        root = self.get_site().root_url
        with override(self.locale.language_code):
            beside = [{"location": root + reverse(name)} for name in ("own_network", "story_figures")]
        return [*super().get_sitemap_urls(request), *beside]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of the stories the address chooses. A number that is no page leads to the nearest one."""
        from stories.filtering import StoryFilter, stories_below

        chosen = StoryFilter(stories_below(self), request.GET.dict())
        found = chosen.result().select_related("share_image").prefetch_related("share_image__renditions")
        stories = Paginator(found, STORIES_A_PAGE).get_page(request.GET.get("page"))
        return {
            **super().get_context(request, *args, **kwargs),
            "stories": stories,
            "facets": chosen.facets(),
            "unknown_filters": chosen.unknown,
            "ways_out": [] if stories else chosen.ways_out(),
            "filtered": bool(chosen.chosen),
            "shared_query": chosen.query(),
            "canonical_query": chosen.query(page=stories.number),
        }
