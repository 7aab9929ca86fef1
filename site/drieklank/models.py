from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from core.pages import ShareablePage


class HomePage(ShareablePage):
    """The first page of one language: the root of its tree."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 3

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(ShareablePage):
    """A page of text: about us, accessibility, privacy, help now."""

    subpage_types: ClassVar[list[str]] = ["drieklank.StandardPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
