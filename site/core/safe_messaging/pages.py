"""A page read into passages: every text that a translator would get, and the names of its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Page

from core.safe_messaging.checking import check_passages
from core.safe_messaging.findings import Finding, Kind, Passage
from core.safe_messaging.lists import word_list
from core.safe_messaging.matching import Text
from core.safe_messaging.texts import Steps, texts_of

KIND_OF_FIELD = {
    "title": Kind.TITLE,
    "headline": Kind.TITLE,
    "seo_title": Kind.TITLE,
    "slug": Kind.ADDRESS,
    "share_text": Kind.SHARED,
    "share_hashtags": Kind.SHARED,
    "share_image": Kind.IMAGE,
    "share_image_alt": Kind.IMAGE,
    "alt_text": Kind.IMAGE,
}
HEADING = "heading"


def findings_on(page: Page) -> list[Finding]:
    """What the check finds in the content of ``page`` as it is held, in the page's language."""
    return check_passages(passages_of(page), page.locale.language_code)


def speaks_of_suicide(page: Page) -> bool:
    words = word_list(page.locale.language_code)
    if words is None:
        return False
    return any(next(Text(passage, words).topics(), None) for passage in passages_of(page))


def passages_of(page: Page) -> list[Passage]:
    passages = [_passage(page, steps, text) for steps, text in texts_of(page) if text]
    return [*passages, *_picture(page)]


def _passage(page: Page, where: Steps, text: str) -> Passage:
    field, *steps = where
    value = getattr(page, field, None)
    block = _child(value, steps[0]) if isinstance(value, StreamValue) and steps else None
    model_field = page._meta.get_field(field)
    related = model_field.related_model if model_field.one_to_many else None
    label = related._meta.verbose_name if related else getattr(model_field, "verbose_name", field)
    if block is not None:
        label = block.block.label or label
    last = steps[-1] if len(steps) > 1 else field
    kind = KIND_OF_FIELD.get(last, Kind.BODY)
    if block is not None and block.block_type == HEADING:
        kind = Kind.TITLE
    return Passage(
        text,
        field,
        label,
        kind,
        block=steps[0] if block is not None else "",
        part=last if len(steps) > 1 else "",
    )


def _child(stream: StreamValue, block_id: str) -> Any:
    return next((child for child in stream if child.id == block_id), None)


def _picture(page: Page) -> Iterator[Passage]:
    """What the image that is shared is called: its title can become its file's name."""
    image = getattr(page, "share_image", None)
    if image is not None:
        label = page._meta.get_field("share_image").verbose_name
        yield Passage(image.title, "share_image", label, Kind.IMAGE)
