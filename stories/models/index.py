from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField

from core.pages import PAGE_TRANSLATABLE_FIELDS
from stories.models.pages import StoryPage

STORIES_A_PAGE = 12


class StoryIndexPage(Page):
    """The entrance to the stories of one language."""

    shareable = False

    intro = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]
    translatable_fields: ClassVar[list[Any]] = [*PAGE_TRANSLATABLE_FIELDS, TranslatableField("intro")]
    subpage_types: ClassVar[list[str]] = ["stories.StoryPage"]

    class Meta:
        verbose_name = _("list of life stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "stories": self.stories_on(request.GET.get("page")),
        }

    def stories_on(self, number: str | None) -> PageOfResults[StoryPage]:
        """One page of the list, newest first. A number that is none leads to the nearest page there is."""
        stories = (
            StoryPage.objects.child_of(self)
            .live()
            .public()
            .order_by("-first_published_at", "-pk")
            .select_related("share_image")
            .prefetch_related("share_image__renditions")
        )
        return Paginator(stories, STORIES_A_PAGE).get_page(number)
