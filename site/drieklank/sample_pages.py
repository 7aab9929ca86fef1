"""The site's own sample pages: home, lists and standing pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.models import Page, Site

from core.models import SiteSettings
from core.planting import (
    BASE_MAKERS,
    Sample,
    body_from,
    find_page,
    is_planted,
    key_of,
    plant_draft,
    publish_in_all_languages,
    read_sample,
)
from drieklank.models import HomePage, StandardPage

SAMPLES = Path(__file__).parent / "samples"
HELP_PAGE = "page:help-now"
ONLY_IN_DUTCH = "page:only-in-dutch"


def draft_pages() -> list[tuple[Page, Sample]]:
    """A page for each sample, as a draft when it is new: other samples can link to it."""
    home = HomePage.objects.get(locale__language_code="nl")
    return [(_draft(home, sample), sample) for sample in read_sample(SAMPLES / "pages.toml")["pages"]]


def load_pages(drafts: list[tuple[Page, Sample]]) -> list[Page]:
    """Fill and publish those that were not planted before, and return them."""
    fresh = [(page, sample) for page, sample in drafts if not is_planted(page)]
    for page, sample in fresh:
        publish_in_all_languages(page, {code: _version(sample, code) for code, __ in settings.LANGUAGES})
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"help_page": find_page(HELP_PAGE)}
    )
    return [page for page, __ in fresh]


def load_untranslated_page() -> None:
    """A page that nobody has translated yet: its address in other languages says so, and posts about it wait."""
    if find_page(ONLY_IN_DUTCH) is None:
        page = plant_draft(
            HomePage.objects.get(locale__language_code="nl"),
            StandardPage,
            ONLY_IN_DUTCH,
            "Wandelen en praten: een voorbeeldpagina",
            intro="Samen een stuk lopen en zeggen wat u bezighoudt. Deze voorbeeldpagina is nog niet vertaald.",
        )
        page.save_revision().publish()


def _draft(home: HomePage, sample: Sample) -> Page:
    page = find_page(f"page:{sample['key']}")
    return (
        page.specific
        if page
        else plant_draft(
            home, StandardPage, f"page:{sample['key']}", sample["nl"]["title"], sample["nl"]["slug"]
        )
    )


def _version(sample: Sample, language: str) -> dict[str, Any]:
    text, reference = sample[language], f"page:{sample['key']}"
    version = {"title": text["title"], "intro": text["intro"]}
    if sample["kind"] in ("home", "standard"):
        version |= {
            "summary": text["summary"],
            "body": body_from(reference, text.get("body", []), {**BASE_MAKERS, "help_lines": _help_lines}),
        }
    if sample["kind"] == "home":
        doors = [{**door, "type": "door"} for door in text["doors"]]
        version |= {
            "headline": text["headline"],
            "doors": body_from(f"{reference}:doors", doors, {"door": _door}),
        }
    version["slug"] = text["slug"] or _slug_in_tree(reference, language)
    return version


def _slug_in_tree(reference: str, language: str) -> str:
    """The first pages of a tree have their slugs from the migration that planted them."""
    return Page.objects.get(translation_key=key_of(reference), locale__language_code=language).slug


def _door(door: Sample) -> tuple[str, Any]:
    page = find_page(door["page"])
    values = {"title": door["title"], "text": door["text"], "link_text": door["link_text"]}
    return "door", {**values, "page": page.pk if page else None}


def _help_lines(block: Sample) -> tuple[str, Any]:
    return "help_lines", {"country": block["country"]}
