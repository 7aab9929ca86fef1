"""The page on which citizens search the directory, and what it shares with the other pages of this room."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from core.pages import ShareablePage


class SupportPage(ShareablePage):
    """A page whose content comes from the rows of this room; editors write what stands above and below it."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("summary"),
    ]
    search_fields: ClassVar[list[Any]] = [*ShareablePage.search_fields, index.SearchField("intro")]
    translatable_fields: ClassVar[list[Any]] = [
        *ShareablePage.translatable_fields,
        TranslatableField("intro"),
    ]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True


class DirectoryPage(SupportPage):
    """Asks for a place, a theme and a language, and shows the services there are today."""

    template = "support/directory_page.html"

    class Meta:
        verbose_name = _("support directory page")
        verbose_name_plural = _("support directory pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from support.finding import found_for  # it asks the models of this folder
        from support.models.routes import CareRoutePage

        return {
            **super().get_context(request, *args, **kwargs),
            **found_for(request.GET, timezone.now()),
            "care_route": CareRoutePage.objects.live().filter(locale=self.locale).first(),
        }
