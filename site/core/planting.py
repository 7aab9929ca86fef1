"""Brings sample content into the trees: once, in three languages, as if people had translated it.

Sample files are TOML; their comments say what they hold. A page is known by its reference, such as
"story:frontier-worker-vaals": planting it twice changes nothing.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.files.images import ImageFile
from django.utils.text import slugify
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from core.models import CustomImage

SOURCE_LANGUAGE = "nl"
ILLUSTRATIONS = Path(__file__).parent / "samples" / "illustrations"

Sample = dict[str, Any]
Block = dict[str, Any]
BlockMaker = Callable[[Sample], tuple[str, Any]]


def read_sample(path: Path) -> Sample:
    with path.open("rb") as file:
        return tomllib.load(file)


def key_of(reference: str) -> UUID:
    """The translation key of a sample page, the same on every machine."""
    return uuid5(NAMESPACE_URL, f"drieklank:{reference}")


def find_page(reference: str) -> Page | None:
    return Page.objects.filter(
        translation_key=key_of(reference), locale__language_code=SOURCE_LANGUAGE
    ).first()


def is_planted(page: Page) -> bool:
    """Whether the page was brought into all languages before; what editors did since then is theirs."""
    versions = Page.objects.filter(translation_key=page.translation_key).count()
    return (
        versions == len(settings.LANGUAGES)
        and TranslationSource.objects.filter(object_id=page.translation_key).exists()
    )


def illustration(name: str) -> CustomImage:
    """The illustration of that name from the library, put there first when it is not yet."""
    image = CustomImage.objects.filter(title=name).first()
    if image is None:
        with (ILLUSTRATIONS / f"{name}.jpg").open("rb") as file:
            image = CustomImage.objects.create(
                title=name, credit="Drieklank", file=ImageFile(file, f"{name}.jpg")
            )
    return image


def paragraphs_html(paragraphs: list[str]) -> str:
    return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)


def list_html(items: list[str], tag: str = "ul") -> str:
    return f"<{tag}>" + "".join(f"<li>{escape(item, quote=False)}</li>" for item in items) + f"</{tag}>"


def _make_figure(block: Sample) -> tuple[str, Any]:
    image = illustration(block["illustration"])
    return "image", {"image": image.pk, "alt_text": block["alt"], "caption": "", "credit": block["credit"]}


def _make_call_to_action(block: Sample) -> tuple[str, Any]:
    page = find_page(block["page"])
    if page is None:
        raise LookupError(f"no sample page {block['page']}")
    return "call_to_action", {
        "text": block["text"],
        "button": block["link_text"],
        "page": page.pk,
        "address": "",
    }


BASE_MAKERS: dict[str, BlockMaker] = {
    "heading": lambda block: ("heading", block["text"]),
    "paragraph": lambda block: ("text", paragraphs_html(block["paragraphs"])),
    "quote": lambda block: ("quote", {"quote": block["text"], "attribution": block["attribution"]}),
    "image": _make_figure,
    "call_to_action": _make_call_to_action,
}


def body_from(reference: str, blocks: list[Sample], makers: Mapping[str, BlockMaker] = BASE_MAKERS) -> str:
    """Stream data, as JSON, whose block ids are the same in every language: translations find their source."""
    body: list[Block] = []
    for number, block in enumerate(blocks):
        if block["type"] == "call_to_action" and find_page(block["page"]) is None:
            continue
        name, value = makers[block["type"]](block)
        body.append({"type": name, "value": value, "id": str(uuid5(key_of(reference), f"{number}"))})
    return json.dumps(body)


def plant_draft(
    parent: Page, model: type[Page], reference: str, title: str, slug: str = "", **fields: Any
) -> Page:
    """The Dutch page of that reference, as a draft when it is new: others can link to it before it is filled."""
    page = find_page(reference)
    if page is None:
        page = model(
            title=title, slug=slug or slugify(title), live=False, translation_key=key_of(reference), **fields
        )
        parent.add_child(instance=page)
    return page.specific


def publish_in_all_languages(page: Page, versions: Mapping[str, Mapping[str, Any]]) -> None:
    """Fill ``page`` with its Dutch version, and bring the German and French ones live as its translations.

    ``versions`` holds, by language, the values of the page's fields. To be called outside a transaction:
    wagtail-localize publishes when it ends, and would write back the tree as it was before later pages.
    """
    page = type(page)._default_manager.get(pk=page.pk)  # its parent may have moved since the draft was made
    for name, value in versions[SOURCE_LANGUAGE].items():
        setattr(page, name, value)
    page.save_revision().publish()
    page = type(page)._default_manager.get(
        pk=page.pk
    )  # its rows, such as people around a teller, have keys now
    source, __ = TranslationSource.update_or_create_from_instance(page)
    for language, __ in settings.LANGUAGES:
        if language != SOURCE_LANGUAGE:
            _translate(page, source, Locale.objects.get(language_code=language), versions[language])


def _translate(page: Page, source: TranslationSource, locale: Locale, version: Mapping[str, Any]) -> None:
    translated = type(page)(**dict(version))
    strings = {
        (segment.path, segment.order): segment.string
        for segment in extract_segments(translated)
        if isinstance(segment, StringSegmentValue)
    }
    for segment in StringSegment.objects.filter(source=source).select_related("context", "string"):
        text = strings.get((segment.context.path, segment.order))
        if text is None:
            raise LookupError(f"{page}: {segment.context.path} has no {locale} version")
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            defaults={"data": text.data},
        )
    translation, __ = Translation.objects.get_or_create(source=source, target_locale=locale)
    translation.save_target(publish=True)
