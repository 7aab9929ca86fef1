"""The sample info sheets, with the dated facts they mention."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid5

from django.conf import settings
from wagtail.models import Page

from core.planting import (
    BASE_MAKERS,
    BlockMaker,
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
from factsheets.models import Audience, EasyReadPage, Fact, FactPeriod, FactsheetIndexPage, FactsheetPage

SAMPLES = Path(__file__).parent / "samples"
AUDIENCES = {"citizens": Audience.CITIZEN, "professionals": Audience.PROFESSIONAL}


def draft_sheets() -> list[tuple[Page, Sample]]:
    """A page for each sample, as a draft when it is new: other samples can link to it."""
    index = FactsheetIndexPage.objects.get(locale__language_code="nl")
    samples = (read_sample(path) for path in sorted(SAMPLES.glob("*.toml")))
    return [(_draft(index, sample), sample) for sample in samples if "audience" in sample]


def load_facts() -> list[Fact]:
    """The facts that are not there yet; what somebody changed since then is theirs."""
    samples = read_sample(SAMPLES / "facts.toml")["facts"]
    known = set(Fact.objects.values_list("key", flat=True))
    return [_make_fact(sample) for sample in samples if sample["key"] not in known]


def load_sheets(drafts: list[tuple[Page, Sample]]) -> list[Page]:
    """Fill and publish those that were not planted before, and return them."""
    fresh = [(page, sample) for page, sample in drafts if not is_planted(page)]
    for page, sample in fresh:
        twin = next((other for other, __ in drafts if other.pk != page.pk), None)
        publish_in_all_languages(
            page, {code: _version(sample, code, twin) for code, __ in settings.LANGUAGES}
        )
    return [page for page, __ in fresh]


def load_easy_sheets() -> list[Page]:
    """The versions that are easy to read, below their sheets; those that are not there yet."""
    fresh = []
    for sample in map(read_sample, sorted((SAMPLES / "easy").glob("*.toml"))):
        reference = f"easy:{sample['sheet']}"
        sheet = find_page(f"sheet:{sample['sheet']}")
        if sheet is None or find_page(reference):
            continue
        page = plant_draft(sheet, EasyReadPage, reference, sample["nl"]["title"], sample["nl"]["slug"])
        publish_in_all_languages(
            page, {code: _easy_version(reference, sample[code]) for code, __ in settings.LANGUAGES}
        )
        fresh.append(page)
    return fresh


def _easy_version(reference: str, text: Sample) -> dict[str, Any]:
    body = body_from(reference, _numbered(reference, text["body"]), SHEET_MAKERS)
    return {"title": text["title"], "slug": text["slug"], "summary": text["summary"], "body": body}


def _draft(index: FactsheetIndexPage, sample: Sample) -> Page:
    reference = f"sheet:{sample['key']}"
    page = find_page(reference)
    return (
        page.specific
        if page
        else plant_draft(index, FactsheetPage, reference, sample["nl"]["title"], sample["nl"]["slug"])
    )


def _make_fact(sample: Sample) -> Fact:
    languages = [code for code, __ in settings.LANGUAGES]
    fact = Fact(
        key=sample["key"],
        country=sample["country"],
        unit=sample["unit"],
        **{f"label_{code}": sample[code]["label"] for code in languages},
    )
    fact.periods.add(
        FactPeriod(
            value=sample["value"],
            valid_from=_day(sample["valid_from"]),
            valid_until=_day(sample["valid_until"]),
            certainty=sample["status"],
            source=sample["source"],
            source_url=sample["source_url"],
            checked_on=_day(sample["accessed"]),
            **{f"note_{code}": sample[code]["note"] for code in languages},
        )
    )
    fact.save()
    return fact


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _version(sample: Sample, language: str, twin: Page | None) -> dict[str, Any]:
    text, reference = sample[language], f"sheet:{sample['key']}"
    return {
        "title": text["title"],
        "slug": text["slug"],
        "summary": text["summary"],
        "audience": AUDIENCES[sample["audience"]],
        "is_example": sample["example"],
        "for_whom": text["audience"],
        "aim": text["aim"],
        "in_short": _lines(f"{reference}:in_short", "sentence", text["in_short"]),
        "uncertain": _lines(f"{reference}:uncertain", "point", text["uncertain"]),
        "sources": body_from(
            f"{reference}:sources", _typed("source", sample["sources"]), {"source": _source}
        ),
        "body": body_from(reference, _numbered(reference, text["body"]), SHEET_MAKERS),
        "twin": twin,
        "written_by": sample["written_by"][language],
        "funding_note": sample["funding_note"][language],
        "share_text": text["share_text"],
        "share_image": illustration(sample["illustration"]),
        "share_image_alt": text["share_image_alt"],
        "share_hashtags": " ".join(text["hashtags"]),
    }


def _lines(reference: str, name: str, lines: list[str]) -> str:
    return body_from(
        reference,
        [{"type": name, "text": line} for line in lines],
        {name: lambda block: (name, block["text"])},
    )


def _typed(name: str, blocks: list[Sample]) -> list[Sample]:
    return [{**block, "type": name} for block in blocks]


def _numbered(reference: str, blocks: list[Sample]) -> list[Sample]:
    """Blocks that know where they stand: the items of a list need ids that are the same in every language."""
    return [
        {**block, "reference": f"{reference}:{number}:{block['type']}"} for number, block in enumerate(blocks)
    ]


def _items(block: Sample, name: str, values: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "type": "item",
            "value": value,
            "id": str(uuid5(key_of(f"{block['reference']}:{name}"), str(number))),
        }
        for number, value in enumerate(values)
    ]


def _paragraph(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>" if text else ""


def _source(block: Sample) -> tuple[str, Any]:
    return "source", {
        "title": block["title"],
        "publisher": block["publisher"],
        "url": block["url"],
        "accessed": block["accessed"] or None,
    }


def _steps(block: Sample) -> tuple[str, Any]:
    return "steps", {
        "title": "",
        "steps": _items(block, "steps", [_paragraph(step) for step in block["steps"]]),
    }


def _do_and_dont(block: Sample) -> tuple[str, Any]:
    return "do_and_dont", {
        name: _items(block, name, [_paragraph(text) for text in block[name]]) for name in ("do", "dont")
    }


def _comparison(block: Sample) -> tuple[str, Any]:
    names = ("NL", "DE", "BE", "BE_flanders", "BE_wallonia", "BE_ostbelgien")
    rows = [
        {"question": row["question"], **{name.lower(): _paragraph(row.get(name, "")) for name in names}}
        for row in block["rows"]
    ]
    return "country_comparison", {"title": block["title"], "rows": _items(block, "rows", rows)}


SHEET_MAKERS: dict[str, BlockMaker] = {
    **BASE_MAKERS,
    "steps": _steps,
    "do_dont": _do_and_dont,
    "warning": lambda block: ("warning", {"title": block["title"], "text": _paragraph(block["text"])}),
    "country_comparison": _comparison,
}
