from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.models import Page

from core.languages import LanguageVersion, language_versions, live_translations
from core.navigation import SiteMenu
from core.navigation import site_menu as menu_of
from core.reading import reading_minutes as minutes_for
from core.reading import words_in
from core.tokens import filled_html

register = template.Library()

OG_LOCALES = {"nl": "nl_NL", "de": "de_DE", "fr": "fr_FR"}


@register.simple_tag(takes_context=True)
def language_switch(context: dict[str, Any], page: Page | None = None) -> list[LanguageVersion]:
    """The languages to offer on this page; on one that is no Wagtail page, the same view's addresses."""
    if page and page.pk:
        return [_with_query(version, context) for version in language_versions(page)]
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    current = (get_language() or settings.LANGUAGE_CODE)[:2]
    return [
        LanguageVersion(code, name, _address_in(path, code), current=code == current, available=True)
        for code, name in settings.LANGUAGES
    ]


def _with_query(version: LanguageVersion, context: dict[str, Any]) -> LanguageVersion:
    """What was opened or chosen on this page is so in the other language too.

    ``shared_path`` is a part of the page with an address below it, ``shared_query`` a choice; both the same in every language.
    """
    return replace(version, url=f"{version.url}{_shared(context)}") if version.available else version


def _shared(context: dict[str, Any]) -> str:
    query = context.get("shared_query")
    return f"{context.get('shared_path') or ''}{f'?{query}' if query else ''}"


def _address_in(path: str, code: str) -> str:
    address = translate_url(path, code)
    return address if address.startswith(f"/{code}/") else f"/{code}/"


@register.simple_tag(takes_context=True)
def alternates(context: dict[str, Any], page: Page | None) -> list[tuple[str, str]]:
    """(hreflang, absolute address) of every live version, with x-default: the Dutch one, else the first."""
    if not page or not page.pk:
        return []
    live = live_translations(page)
    shared = _shared(context)
    links = [(code, f"{live[code].full_url}{shared}") for code, __ in settings.LANGUAGES if code in live]
    if links:
        links.append(("x-default", links[0][1]))
    return links


@register.simple_tag(takes_context=True)
def site_menu(context: dict[str, Any]) -> SiteMenu:
    """What header and footer link to. Without a request (an error while answering one), only the home page."""
    request = context.get("request")
    if request is None:
        return SiteMenu(home_url="/", help=None)
    return menu_of(request, context.get("page"))


@register.simple_tag(takes_context=True)
def absolute(context: dict[str, Any], path: str) -> str:
    """``path`` with scheme and host, as Open Graph asks for."""
    request = context.get("request")
    return request.build_absolute_uri(path) if request else path


@register.simple_tag(takes_context=True)
def with_page(context: dict[str, Any], number: int) -> str:
    """The query string of this request, leading to another page of the same list."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return query.urlencode()


@register.filter
def filled(html: str) -> SafeString:
    """What is about to be shown, with its tokens said in the language of the page."""
    return filled_html(html, get_language() or settings.LANGUAGE_CODE)


@register.filter
def og_locale(language: str) -> str:
    return OG_LOCALES.get(language, language)


@register.filter
def reading_minutes(body: StreamValue) -> int:
    """How long the text takes to read, in whole minutes, at least one. Asks the database nothing."""
    return minutes_for(words_in(list(body.raw_data)), get_language() or "")


@register.filter
def headings(body: StreamValue) -> list[StreamValue.StreamChild]:
    """The headings of a text, for its table of contents; each one's id is its anchor."""
    return [block for block in body if block.block_type == "heading"]
