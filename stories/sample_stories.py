"""The sample life stories: fiction, and each page says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid5

from django.conf import settings
from wagtail.models import Locale, Page

from core.planting import (
    BASE_MAKERS,
    Sample,
    body_from,
    find_page,
    illustration,
    is_planted,
    key_of,
    plant_draft,
    publish_in_all_languages,
    read_sample,
)
from stories.models import (
    Barrier,
    NetworkPerson,
    PlaceUse,
    RelatedPage,
    StoryBarrier,
    StoryIndexPage,
    StoryPage,
    StoryPlace,
    StoryTheme,
    Theme,
)

SAMPLES = Path(__file__).parent / "samples"
MAKERS = {**BASE_MAKERS, "network_map": lambda block: ("network_map", {"introduction": ""})}


def draft_stories() -> list[tuple[Page, Sample]]:
    """A page for each sample, as a draft when it is new: other samples can link to it."""
    index = StoryIndexPage.objects.get(locale__language_code="nl")
    return [(_draft(index, sample), sample) for sample in map(read_sample, sorted(SAMPLES.glob("*.toml")))]


def load_stories(drafts: list[tuple[Page, Sample]]) -> list[Page]:
    """Fill and publish those that were not planted before, and return them."""
    fresh = [(page, sample) for page, sample in drafts if not is_planted(page)]
    for page, sample in fresh:
        publish_in_all_languages(page, {code: _version(sample, code) for code, __ in settings.LANGUAGES})
    return [page for page, __ in fresh]


def _draft(index: StoryIndexPage, sample: Sample) -> Page:
    return plant_draft(
        index, StoryPage, _reference(sample), sample["nl"]["title"], sample["nl"]["slug"]
    ).specific


def _reference(sample: Sample) -> str:
    return f"story:{sample['key']}"


def _version(sample: Sample, language: str) -> dict[str, Any]:
    text = sample[language]
    return {
        "title": text["title"],
        "slug": text["slug"],
        "summary": text["summary"],
        "teller": text["teller"],
        "is_example": sample["example"],
        "age_band": _slug(sample["age_band"]),
        "life_phase": _slug(sample["life_phase"]),
        "medium": _slug(sample["medium"]),
        "body": body_from(_reference(sample), _with_map(text["body"]), MAKERS),
        "what_helped": _points(sample, "what_helped", language),
        "what_would_have_helped": _points(sample, "what_would_have_helped", language),
        "content_notes": _points(sample, "content_notes", language),
        "tagged_items": [StoryTheme(tag=_term(Theme, key)) for key in sample["themes"]],
        "barriers": [StoryBarrier(barrier=_term(Barrier, key)) for key in sample["barriers"]],
        "places": _places(sample),
        "people": _people(sample, language),
        "related_pages": _related(sample),
        "share_text": text["share_text"],
        "share_image": illustration(sample["illustration"]),
        "share_image_alt": text["share_image_alt"],
        "share_hashtags": " ".join(text["hashtags"]),
    }


def _slug(key: str) -> str:
    return key.replace("_", "-")


def _term(model: type[Theme] | type[Barrier], key: str) -> Any:
    return model.objects.get(slug=_slug(key))


def _with_map(blocks: list[Sample]) -> list[Sample]:
    """The map comes after the story, before the invitation that ends it."""
    end = len(blocks) - 1 if blocks[-1]["type"] == "call_to_action" else len(blocks)
    return [*blocks[:end], {"type": "network_map"}, *blocks[end:]]


def _points(sample: Sample, field: str, language: str) -> str:
    """Stream data whose ids are the same in every language."""
    name = f"{_reference(sample)}:{field}"
    return json.dumps(
        [
            {"type": "point", "value": text, "id": str(uuid5(key_of(name), f"{number}"))}
            for number, text in enumerate(sample[language][field])
        ]
    )


def _places(sample: Sample) -> list[StoryPlace]:
    uses = {PlaceUse.LIVED: "lived_in", PlaceUse.WORKED: "worked_in", PlaceUse.CARED: "cared_for_in"}
    pairs = [(use, place["region"]) for use, field in uses.items() for place in sample[field]]
    return [
        StoryPlace(use=use, region=region, sort_order=number)
        for number, (use, region) in enumerate(dict.fromkeys(pairs))
    ]


def _people(sample: Sample, language: str) -> list[NetworkPerson]:
    locale = Locale.objects.get(language_code=language)
    return [
        NetworkPerson(
            translation_key=key_of(f"{_reference(sample)}:{person['key']}"),
            locale=locale,
            sort_order=number,
            label=person["label"][language],
            relation=_slug(person["relation"]),
            country=person["country"],
            ring=person["ring"],
            how_often=person["how_often"],
            involved_by_care=person["involved_by_care"],
            helped=person["helped"],
        )
        for number, person in enumerate(sample["people"])
    ]


def _related(sample: Sample) -> list[RelatedPage]:
    pages = [page for page in map(find_page, sample["related"]) if page]
    return [RelatedPage(page=page, sort_order=number) for number, page in enumerate(pages)]
