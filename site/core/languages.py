"""Which languages a page exists in, and where to go for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class LanguageVersion:
    """One entry of the language switch. ``url`` leads to a page that exists, or to one that says it does not."""

    code: str
    name: str
    url: str
    current: bool
    available: bool


def live_translations(page: Page) -> dict[str, Page]:
    """The live versions of ``page`` by language code, itself included when it is live."""
    versions = page.get_translations(inclusive=True).live().select_related("locale")
    return {version.locale.language_code: version for version in versions}


def readable_translations(page: Page) -> dict[str, Page]:
    """The versions of ``page`` that anybody may read, by language code, in the order of the settings."""
    versions = page.get_translations(inclusive=True).live().public().select_related("locale")
    by_code = {version.locale.language_code: version for version in versions}
    return {code: by_code[code] for code, __ in settings.LANGUAGES if code in by_code}


def page_at_same_path(path: str) -> Page | None:
    """The page that anybody may read at this path of another language: ``/de/levensverhalen/`` means the Dutch one."""
    if "\x00" in path:  # PostgreSQL takes no such letter, and no page has it
        return None
    __, language, *rest = f"{path.rstrip('/')}/".split("/", 2)
    if language not in dict(settings.LANGUAGES) or not rest or not rest[0]:
        return None
    homes = (
        Page.objects.filter(depth=2)
        .exclude(locale__language_code=language)
        .values_list("url_path", flat=True)
    )
    candidates = Page.objects.live().public().filter(url_path__in=[f"{home}{rest[0]}" for home in homes])
    return candidates.order_by("path").first()


def language_versions(page: Page) -> list[LanguageVersion]:
    """Every language of the site for ``page``, in the order of the settings. Two queries."""
    live = live_translations(page)
    versions = []
    for code, name in settings.LANGUAGES:
        if code in live:
            url = live[code].url or ""
        else:
            with override(code):
                url = reverse("not_translated", kwargs={"translation_key": page.translation_key})
        versions.append(
            LanguageVersion(
                code=code,
                name=name,
                url=url,
                current=page.locale.language_code == code,
                available=code in live,
            )
        )
    return versions


def online_in(locale_id: int, pages: Iterable[Page]) -> list[Page]:
    """The versions of ``pages`` that everybody may read in that language, in the order given, as their own type."""
    keys = [page.translation_key for page in pages]
    versions = Page.objects.filter(translation_key__in=keys, locale=locale_id).live().public().specific()
    found = {version.translation_key: version for version in versions}
    return [found[key] for key in keys if key in found]
