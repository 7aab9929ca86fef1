"""What search engines are told of: the pages of every language. Wagtail lists the tree of the site's root page alone."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page


class SitemapOfEveryLanguage(Sitemap):
    def items(self) -> Any:
        homes = self.get_wagtail_site().root_page.get_translations(inclusive=True)
        below = Q()
        for path in homes.values_list("path", flat=True):
            below |= Q(path__startswith=path)
        pages = Page.objects.filter(below).live().public().order_by("path")
        return pages.defer_streamfields().specific()
