"""The sample life stories: fiction, and each page says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.models import Page

from core.planting import (
    Sample,
    body_from,
    find_page,
    illustration,
    is_planted,
    plant_draft,
    publish_in_all_languages,
    read_sample,
)
from stories.models import StoryIndexPage, StoryPage

SAMPLES = Path(__file__).parent / "samples"


def draft_stories() -> list[tuple[Page, Sample]]:
    """A page for each sample, as a draft when it is new: other samples can link to it."""
    index = StoryIndexPage.objects.get(locale__language_code="nl")
    return [(_draft(index, sample), sample) for sample in map(read_sample, sorted(SAMPLES.glob("*.toml")))]


def load_stories(drafts: list[tuple[Page, Sample]]) -> list[Page]:
    """Fill and publish those that were not planted before, and return them."""
    fresh = [(page, sample) for page, sample in drafts if not is_planted(page)]
    for page, sample in fresh:
        page.tags.add(*sample["themes"])
        page.save()
        publish_in_all_languages(page, {code: _version(sample, code) for code, __ in settings.LANGUAGES})
    return [page for page, __ in fresh]


def _draft(index: StoryIndexPage, sample: Sample) -> Page:
    reference = f"story:{sample['key']}"
    page = find_page(reference)
    return (
        page.specific
        if page
        else plant_draft(index, StoryPage, reference, sample["nl"]["title"], sample["nl"]["slug"])
    )


def _version(sample: Sample, language: str) -> dict[str, Any]:
    text = sample[language]
    return {
        "title": text["title"],
        "slug": text["slug"],
        "summary": text["summary"],
        "teller": text["teller"],
        "is_example": sample["example"],
        "body": body_from(f"story:{sample['key']}", text["body"]),
        "share_text": text["share_text"],
        "share_image": illustration(sample["illustration"]),
        "share_image_alt": text["share_image_alt"],
        "share_hashtags": " ".join(text["hashtags"]),
    }
