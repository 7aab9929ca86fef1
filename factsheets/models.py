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
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.pages import PAGE_TRANSLATABLE_FIELDS, ShareablePage

SHEETS_A_PAGE = 24


class Audience(models.TextChoices):
    CITIZEN = "citizen", _("For citizens")
    PROFESSIONAL = "professional", _("For professionals")


class FactsheetIndexPage(Page):
    """The entrance to the info sheets of one language."""

    shareable = False

    intro = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]
    translatable_fields: ClassVar[list[Any]] = [*PAGE_TRANSLATABLE_FIELDS, TranslatableField("intro")]
    subpage_types: ClassVar[list[str]] = ["factsheets.FactsheetPage"]

    class Meta:
        verbose_name = _("list of info sheets")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "sheets": self.sheets_on(request.GET.get("page"))}

    def sheets_on(self, number: str | None) -> PageOfResults[FactsheetPage]:
        """One page of the list, by audience and title. A number that is none leads to the nearest page there is."""
        sheets = (
            FactsheetPage.objects.child_of(self)
            .live()
            .public()
            .order_by("audience", "title")
            .prefetch_related("tagged_items__tag")
        )
        return Paginator(sheets, SHEETS_A_PAGE).get_page(number)


class FactsheetTag(TaggedItemBase):
    content_object = ParentalKey(
        "factsheets.FactsheetPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class FactsheetPage(ShareablePage):
    """An info sheet about mental-health care across the border."""

    audience = models.CharField(
        _("audience"), max_length=20, choices=Audience.choices, default=Audience.CITIZEN
    )
    tags = ClusterTaggableManager(through=FactsheetTag, blank=True, verbose_name=_("themes"))

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("audience"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("tags"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *ShareablePage.translatable_fields,
        SynchronizedField("audience"),
        SynchronizedField("tagged_items"),
    ]
    parent_page_types: ClassVar[list[str]] = ["factsheets.FactsheetIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("info sheet")
        verbose_name_plural = _("info sheets")
