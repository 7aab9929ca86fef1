"""Every text of a page that people wrote: of its fields, of its blocks, of its rows.

Reads what wagtail-localize would translate, but takes blocks as they are stored: one that was saved before a field was added to it
has no value there, and that must not keep a page from being saved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import TranslatableField, get_translatable_fields

PARAGRAPHS = ["p", "li", "h2", "h3", "h4", "blockquote", "br"]

Steps = tuple[str, ...]
"""Where a text stands below the page: field, id of the block, name in the block, and so on."""


def texts_of(instance: Any, above: Steps = ()) -> Iterator[tuple[Steps, str]]:
    for translatable in get_translatable_fields(type(instance)):
        if not isinstance(translatable, TranslatableField):
            continue
        field = translatable.get_field(type(instance))
        steps = (*above, field.name)
        if field.one_to_many:
            for row in getattr(instance, field.get_accessor_name()).all():
                yield from texts_of(row, steps)
        elif isinstance(field, StreamField):
            for child in field.value_from_object(instance) or ():
                yield from _in_block(child.block, child.value, (*steps, str(child.id)))
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            text = field.value_from_object(instance) or ""
            yield steps, plain_text(text) if isinstance(field, RichTextField) else text


def _in_block(block: Any, value: Any, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if value is None:
        return
    if isinstance(block, blocks.RichTextBlock):
        yield steps, plain_text(value.source)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.BlockQuoteBlock):
        yield steps, str(value)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _in_block(child, value.get(name), (*steps, name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _in_block(block.child_block, item, steps)
    elif isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from _in_block(child.block, child.value, (*steps, str(child.id)))


def plain_text(html: str) -> str:
    """Rich text without its markup, a line for each paragraph."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(PARAGRAPHS):
        element.append("\n")
    return soup.get_text().strip()
