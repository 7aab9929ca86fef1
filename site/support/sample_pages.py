"""The sample pages of directory, glossary and care-route finder in three languages, with words and advice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from wagtail.models import Page

from core.planting import Sample, find_page, is_planted, plant_draft, publish_in_all_languages, read_sample
from support.models import CareAdvice, CareRoutePage, CountryTerm, DirectoryPage, GlossaryPage, GlossaryTerm

SAMPLES = Path(__file__).parent / "samples"
SAMPLES_OF = date(2026, 11, 21)
LANGUAGES = ("nl", "de", "fr")
CONDITIONS = ("lives", "works", "insured", "ages", "questions", "crossing")


def draft_support_pages(home: Page) -> list[tuple[Page, Sample]]:
    """The three pages, as drafts when they are new: other samples can link to them."""
    kinds: list[tuple[str, type[Page], Sample]] = [
        ("page:directory", DirectoryPage, read_sample(SAMPLES / "directory.toml")),
        ("page:glossary", GlossaryPage, read_sample(SAMPLES / "glossary.toml")["pages"]),
        ("page:care-routes", CareRoutePage, read_sample(SAMPLES / "care_routes.toml")["pages"]),
    ]
    return [(_draft(home, *kind), kind[2]) for kind in kinds]


def _draft(home: Page, reference: str, model: type[Page], sample: Sample) -> Page:
    page = find_page(reference)
    if page is not None:
        return page.specific
    text = sample["nl"]
    in_menus = model is DirectoryPage
    return plant_draft(home, model, reference, text["title"], text["slug"], show_in_menus=in_menus)


def load_support_pages(drafts: list[tuple[Page, Sample]]) -> list[Page]:
    """Fill and publish those that were not planted before, and return them."""
    fresh = [(page, sample) for page, sample in drafts if not is_planted(page)]
    for page, sample in fresh:
        publish_in_all_languages(page, sample)
    return [page for page, __ in fresh]


def load_care_advice() -> None:
    """Bring in the advice that is not there yet; what editors changed stays."""
    for number, sample in enumerate(read_sample(SAMPLES / "care_routes.toml")["advice"]):
        CareAdvice.objects.get_or_create(
            key=sample["key"],
            defaults={
                "part": sample["part"],
                "certainty": sample["certainty"],
                "source": sample.get("source", ""),
                "written_on": SAMPLES_OF,
                "position": number,
                **{f"text_{code}": sample[code] for code in ("nl", "de", "fr")},
                **{name: sample.get(name, []) for name in CONDITIONS},
            },
        )


def load_glossary() -> None:
    """Bring in the words that are not there yet; what editors changed stays."""
    known = set(GlossaryTerm.objects.values_list("key", flat=True))
    for sample in read_sample(SAMPLES / "glossary.toml")["terms"]:
        if sample["key"] in known:
            continue
        term = GlossaryTerm.objects.create(
            key=sample["key"],
            entered_on=SAMPLES_OF,
            source=sample.get("source", ""),
            source_url=sample.get("source_url", ""),
            **{f"term_{code}": sample["words"].get(code, "") for code in LANGUAGES},
            **{f"explanation_{code}": sample[code] for code in LANGUAGES},
        )
        for country, word in sample.get("countries", {}).items():
            CountryTerm.objects.create(term=term, country=country, word=word)
