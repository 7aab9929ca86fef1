"""The page on which citizens search the directory, with a page for each service below it; and what pages of this room share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from core.pages import ShareablePage
from support.geojson import TILE_HOST, TILES


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


class DirectoryPage(RoutablePageMixin, SupportPage):
    """Asks for a place, a theme and a language, and shows the services there are today, each with a page of its own."""

    template = "support/directory_page.html"

    class Meta:
        verbose_name = _("support directory page")
        verbose_name_plural = _("support directory pages")

    @classmethod
    def in_language(cls, language: str) -> DirectoryPage | None:
        """The one that anybody may read in that language; the first, when there are several."""
        finders = cls.objects.live().public().filter(locale__language_code=language)
        return finders.order_by("path").first()

    @path("")
    def index_route(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from support.finding import found_for  # it asks the models of this folder
        from support.models.routes import CareRoutePage

        response = self.render(
            request,
            context_overrides={
                **found_for(request.GET, timezone.now()),
                "care_route": CareRoutePage.objects.live().filter(locale=self.locale).first(),
                "finder_url": self.get_url(request),
                "map_tiles": TILES,
            },
        )
        # Only here may pictures come from elsewhere, and only a reader who asks for the map has them asked for.
        response._csp_update = {"img-src": [TILE_HOST]}
        return response

    @path("<slug:key>/", name="service")
    def service_route(self, request: HttpRequest, key: str) -> HttpResponse:
        """Everything about one service. Its key is the same in every language, so its address is too."""
        from support.finding import shown_alone
        from support.models.services import SupportService

        service = get_object_or_404(SupportService.objects.with_contacts(), key=key)
        path_below = self.reverse_subpage("service", args=[key])
        address = f"{self.full_url}{path_below}"
        return self.render(
            request,
            context_overrides={
                **shown_alone(service, timezone.now(), address),
                "shared_path": path_below,
                "canonical_query": "",
            },
            template="support/service_page.html",
        )

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Beside the finder the page of each service."""
        from support.models.services import SupportService

        finder = self.get_full_url(request)
        keys = SupportService.objects.order_by("key").values_list("key", flat=True)
        below = [{"location": f"{finder}{self.reverse_subpage('service', args=[key])}"} for key in keys]
        return [*super().get_sitemap_urls(request), *below]
