"""The way through the site: what the header and the footer of every page link to."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site

from core.models import SiteSettings


@dataclass(frozen=True, slots=True)
class MenuEntry:
    title: str
    url: str
    current: bool  # this page, or one above it


@dataclass(frozen=True, slots=True)
class SiteMenu:
    """``main``: children of the home page that are shown in menus; ``more``: the other ones, for the footer."""

    home_url: str
    help: MenuEntry | None
    main: tuple[MenuEntry, ...] = ()
    more: tuple[MenuEntry, ...] = ()


def site_menu(request: HttpRequest, page: Page | None = None) -> SiteMenu:
    """The menu in the language of ``page``, else in the active one."""
    language = page.locale.language_code if page and page.pk else (get_language() or "")[:2]
    site = Site.find_for_request(request)
    locale = Locale.objects.filter(language_code=language).first()
    home = site.root_page.get_translation_or_none(locale) if site and locale else None
    if home is None or not home.live:
        return SiteMenu(home_url="/", help=None)
    help_page = _in_language(SiteSettings.for_request(request).help_page, locale)
    children = list(home.get_children().live().public())
    shown = [child for child in children if child.show_in_menus]
    hidden = [child for child in children if not child.show_in_menus and child != help_page]
    return SiteMenu(
        home_url=home.get_url(request) or "/",
        help=_entry(help_page, request, page) if help_page else None,
        main=tuple(_entry(child, request, page) for child in shown if child != help_page),
        more=tuple(_entry(child, request, page) for child in hidden),
    )


def _in_language(page: Page | None, locale: Locale) -> Page | None:
    translation = page.get_translation_or_none(locale) if page else None
    return translation if translation and translation.live else None


def _entry(target: Page, request: HttpRequest, page: Page | None) -> MenuEntry:
    current = bool(page and page.path and (page.path or "").startswith(target.path))
    return MenuEntry(title=target.title, url=target.get_url(request) or "", current=current)
