from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

from core.languages import LanguageVersion, language_versions, live_translations

register = template.Library()


@register.simple_tag(takes_context=True)
def language_switch(context: dict[str, Any], page: Page | None = None) -> list[LanguageVersion]:
    """The languages to offer on this page; on one that is no Wagtail page, the same view's addresses."""
    if page and page.pk:
        return language_versions(page)
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    current = (get_language() or settings.LANGUAGE_CODE)[:2]
    return [
        LanguageVersion(code, name, _address_in(path, code), current=code == current, available=True)
        for code, name in settings.LANGUAGES
    ]


def _address_in(path: str, code: str) -> str:
    address = translate_url(path, code)
    return address if address.startswith(f"/{code}/") else f"/{code}/"


@register.simple_tag
def alternates(page: Page | None) -> list[tuple[str, str]]:
    """(hreflang, absolute address) of every live version, with x-default: the Dutch one, else the first."""
    if not page or not page.pk:
        return []
    live = live_translations(page)
    links = [(code, live[code].full_url) for code, __ in settings.LANGUAGES if code in live]
    if links:
        links.append(("x-default", links[0][1]))
    return links
