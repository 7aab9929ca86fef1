"""The language versions of a story: which there are, what each holds, and how to know one again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex
from wagtail_localize.fields import get_translatable_fields

from stories.models import StoryPage

# A comma moved elsewhere is another text; these are no part of what a reader reads.
NOT_READ = {"slug"}
BOOKKEEPING = {"pk", "id", "translation_key", "locale", "sort_order"}
SPOKEN_BLOCKS = {"audio", "video"}


@dataclass(frozen=True, slots=True)
class Files:
    """Ids of the pictures and documents of a page, and whether somebody is heard or seen on it."""

    images: frozenset[int]
    documents: frozenset[int]
    spoken: bool


def versions_of(story_key: UUID) -> QuerySet[StoryPage]:
    return (
        StoryPage.objects.filter(translation_key=story_key)
        .select_related("locale")
        .order_by("locale_id", "pk")
    )


def newest_content(page: StoryPage) -> StoryPage:
    """The version as it would go online now: its newest draft, or what is online."""
    revision = page.latest_revision
    return revision.as_object() if revision else page


def digest_of(page: StoryPage) -> str:
    """Stands for what is read on the page: the same text and pictures give the same digest, nothing else does."""
    values = page.serializable_data()
    parents = {
        relation.get_accessor_name(): relation.field.name for relation in get_all_child_relations(type(page))
    }
    content = {}
    for name in sorted({field.field_name for field in get_translatable_fields(type(page))} - NOT_READ):
        value = values.get(name)
        if isinstance(getattr(page, name, None), StreamValue):
            value = _blocks(getattr(page, name))
        if name in parents:
            value = [_without(child, BOOKKEEPING | {parents[name]}) for child in value or []]
        content[name] = _plain(value)
    return sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _blocks(stream: StreamValue) -> list[Any]:
    """Every block as it is now: a field it got since it was stored stands in it, with the value readers see."""
    return [{"type": child.block_type, "value": child.block.get_prep_value(child.value)} for child in stream]


def _plain(value: Any) -> Any:
    """Stream data as text becomes data; ids that editors' tools give to blocks go, and so does what is empty."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return _plain(json.loads(value))
        except ValueError:
            return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        full = {key: _plain(item) for key, item in value.items() if not (key == "id" and "type" in value)}
        return {key: item for key, item in full.items() if item not in (None, "", [], {})}
    return value


def _without(child: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in child.items() if name not in names}


def files_of(page: StoryPage) -> Files:
    """What the page shows or plays, wherever in it."""
    found: dict[int, set[int]] = {}
    for content_type_id, object_id, *__ in ReferenceIndex._extract_references_from_object(page):
        found.setdefault(content_type_id, set()).add(int(object_id) if str(object_id).isdigit() else 0)
    image_type, document_type = (
        ContentType.objects.get_for_model(model).pk for model in (get_image_model(), get_document_model())
    )
    return Files(
        frozenset(found.get(image_type, ())),
        frozenset(found.get(document_type, ())),
        _is_spoken(_plain(page.serializable_data().get("body"))),
    )


def _is_spoken(value: Any) -> bool:
    if isinstance(value, list):
        return any(_is_spoken(item) for item in value)
    if isinstance(value, dict):
        return value.get("type") in SPOKEN_BLOCKS or any(_is_spoken(item) for item in value.values())
    return False
