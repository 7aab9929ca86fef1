from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.pages import PAGE_TRANSLATABLE_FIELDS, ShareablePage

STORIES_A_PAGE = 12
MORE_STORIES = 3


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
            .prefetch_related("tagged_items__tag", "share_image__renditions")
        )
        return Paginator(stories, STORIES_A_PAGE).get_page(number)


class StoryTag(TaggedItemBase):
    content_object = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="tagged_items")


class StoryPage(ShareablePage):
    """A life story, told in its teller's words."""

    teller = models.CharField(
        _("name of the teller"),
        max_length=100,
        blank=True,
        help_text=_("The name or pseudonym the teller agreed to."),
    )
    is_example = models.BooleanField(
        _("example"),
        default=False,
        help_text=_("A made-up story: the page says so."),
    )
    tags = ClusterTaggableManager(through=StoryTag, blank=True, verbose_name=_("themes"))

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("teller"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("tags"),
        FieldPanel("is_example"),
    ]
    search_fields: ClassVar[list[Any]] = [*ShareablePage.search_fields, index.SearchField("teller")]
    translatable_fields: ClassVar[list[Any]] = [
        *ShareablePage.translatable_fields,
        TranslatableField("teller"),
        SynchronizedField("is_example"),
        SynchronizedField("tagged_items", overridable=False),
    ]
    parent_page_types: ClassVar[list[str]] = ["stories.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("life story")
        verbose_name_plural = _("life stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the newest other stories beside this one."""
        others = (
            StoryPage.objects.sibling_of(self, inclusive=False)
            .live()
            .public()
            .order_by("-first_published_at", "-pk")
            .select_related("share_image")
            .prefetch_related("share_image__renditions")[:MORE_STORIES]
        )
        return {**super().get_context(request, *args, **kwargs), "more_stories": others}
