"""The sample page of the directory, in three languages."""

from __future__ import annotations

from pathlib import Path

from wagtail.models import Page

from core.planting import find_page, is_planted, plant_draft, publish_in_all_languages, read_sample
from support.models import DirectoryPage

SAMPLE = Path(__file__).parent / "samples" / "directory.toml"
REFERENCE = "page:directory"


def draft_directory(home: Page) -> Page:
    """The page, as a draft when it is new: other samples can link to it."""
    page = find_page(REFERENCE)
    if page is not None:
        return page.specific
    text = read_sample(SAMPLE)["nl"]
    return plant_draft(home, DirectoryPage, REFERENCE, text["title"], text["slug"], show_in_menus=True)


def load_directory(page: Page) -> list[Page]:
    """Fill and publish it, unless it was planted before."""
    if is_planted(page):
        return []
    publish_in_all_languages(page, read_sample(SAMPLE))
    return [page]
