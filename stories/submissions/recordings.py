"""Recordings of tellers in the library: staff alone hear them until the story they belong to is online."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.signals import page_published

from stories.consent.versions import files_of
from stories.models import StoryPage

NAME = "Not agreed to yet"


def collection_before_consent() -> Collection:
    """Made when it is first needed; who is not signed in gets nothing of what is in it."""
    found = Collection.objects.filter(name=NAME).first()
    if found is None:
        found = Collection.get_first_root_node().add_child(name=NAME)
        CollectionViewRestriction.objects.create(
            collection=found, restriction_type=CollectionViewRestriction.LOGIN
        )
    return found


@receiver(page_published, sender=StoryPage)
def let_readers_hear(instance: StoryPage, **kwargs: Any) -> None:
    """What brings a story online has asked for the consent: its recordings leave the closed collection."""
    root = Collection.get_first_root_node()
    documents = get_document_model().objects.filter(
        pk__in=files_of(instance).documents, collection__name=NAME
    )
    for document in documents:
        document.collection = root
        document.save(update_fields=["collection"])
