"""A block that came in without one of its texts (by an import, or from before the text existed) breaks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

TEXTS = (blocks.CharBlock, blocks.TextBlock)


def blocks_below(block: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, block
    children = getattr(block, "child_blocks", {})
    if isinstance(block, blocks.ListBlock):
        children = {"item": block.child_block}
    for name, child in children.items():
        yield from blocks_below(child, f"{path}.{name}")


def text_blocks() -> list[tuple[str, Any]]:
    found = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField) and issubclass(model, Page):
                for path, block in blocks_below(field.stream_block, f"{model.__name__}.{field.name}"):
                    if isinstance(block, TEXTS):
                        found.append((path, block))
    return found


def test_there_are_texts_in_blocks() -> None:
    assert len(text_blocks()) > 20


@pytest.mark.parametrize(("path", "block"), text_blocks(), ids=[path for path, _block in text_blocks()])
def test_an_optional_text_is_empty_and_never_none(path: str, block: Any) -> None:
    assert block.required or block.get_default() == ""
