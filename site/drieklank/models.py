from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from core.pages import ShareablePage
from core.safe_messaging.panel import SafetyPanel
from drieklank.blocks import DoorsBlock, StandardBodyBlock
from factsheets.models import FactsheetPage
from stories.models import StoryPage

STORIES_ON_HOME = 4
SHEETS_ON_HOME = 4


class HomePage(ShareablePage):
    """The first page of one language: the root of its tree."""

    headline = models.CharField(
        _("headline"),
        max_length=120,
        blank=True,
        help_text=_("The first words a visitor reads. Without it, the title is shown."),
    )
    intro = models.TextField(_("introduction"), blank=True)
    doors = StreamField(DoorsBlock(), verbose_name=_("ways into the site"), blank=True, max_num=6)

    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        FieldPanel("headline"),
        FieldPanel("intro"),
        FieldPanel("doors"),
        FieldPanel("body"),
        FieldPanel("summary"),
        SafetyPanel(),
    ]
    search_fields: ClassVar[list[Any]] = [
        *ShareablePage.search_fields,
        index.SearchField("headline"),
        index.SearchField("intro"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *ShareablePage.translatable_fields,
        TranslatableField("headline"),
        TranslatableField("intro"),
        TranslatableField("doors"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 3

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the newest stories and sheets of this page's language."""
        newest = {
            "stories": StoryPage.objects.filter(locale=self.locale)
            .live()
            .public()
            .order_by("-first_published_at", "-pk")
            .select_related("share_image")
            .prefetch_related("share_image__renditions")[:STORIES_ON_HOME],
            "sheets": FactsheetPage.objects.filter(locale=self.locale)
            .live()
            .public()
            .order_by("-first_published_at", "-pk")[:SHEETS_ON_HOME],
        }
        return {**super().get_context(request, *args, **kwargs), **newest}


class StandardPage(ShareablePage):
    """A page of text: about us, accessibility, privacy, help now."""

    body = StreamField(StandardBodyBlock(), verbose_name=_("text"), blank=True)
    intro = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("summary"),
        SafetyPanel(),
    ]
    search_fields: ClassVar[list[Any]] = [*ShareablePage.search_fields, index.SearchField("intro")]
    translatable_fields: ClassVar[list[Any]] = [
        *ShareablePage.translatable_fields,
        TranslatableField("intro"),
    ]
    subpage_types: ClassVar[list[str]] = ["drieklank.StandardPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
