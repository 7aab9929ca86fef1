"""Pictures, recordings and documents: listed before the pages go, erased after, unless somebody else uses them."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from core.erasing import files_of as files_of_item
from core.erasing import forget_deleted_files, is_used, scrub_database
from stories.consent.models import Withdrawal
from stories.consent.versions import files_of

from .offline import all_pages
from .texts import NAMELESS, forget_in_indexes


def list_files(withdrawal: Withdrawal) -> dict[str, Any]:
    """Ids of everything that any version, online or earlier, shows; and the ids of the pages."""
    images: set[int] = set(withdrawal.inventory.get("images", []))
    documents: set[int] = set(withdrawal.inventory.get("documents", []))
    pages = all_pages(withdrawal)
    for page in pages:
        for version in [page, *(revision.as_object() for revision in page.revisions.all())]:
            files = files_of(version)
            images |= files.images
            documents |= files.documents
    withdrawal.inventory = {
        **withdrawal.inventory,
        "pages": sorted({*(page.pk for page in pages), *withdrawal.inventory.get("pages", [])}),
        "images": sorted(images),
        "documents": sorted(documents),
    }
    withdrawal.save(update_fields=["inventory"])
    return {"images": len(images), "documents": len(documents)}


def erase_files(withdrawal: Withdrawal) -> dict[str, Any]:
    """Names of files are written down before their rows go: a kill in between leaves no file behind."""
    report: dict[str, Any] = {"kept_images": [], "kept_documents": []}
    for kind, model in (("images", get_image_model()), ("documents", get_document_model())):
        erased = 0
        for item in model.objects.filter(pk__in=withdrawal.inventory.get(kind, [])):
            if is_used(item):
                report[f"kept_{kind}"].append(item.pk)
                continue
            _erase(withdrawal, item)
            erased += 1
        report[kind] = len(withdrawal.inventory.get(kind, [])) - len(report[f"kept_{kind}"])
    for name in withdrawal.inventory.get("names", []):
        default_storage.delete(name)
    return report


def _erase(withdrawal: Withdrawal, item: Any) -> None:
    names = [name for __, name in files_of_item(item)]
    withdrawal.inventory["names"] = sorted({*withdrawal.inventory.get("names", []), *names})
    withdrawal.save(update_fields=["inventory"])
    with transaction.atomic():
        ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(type(item)), object_id=str(item.pk)
        ).update(label=NAMELESS, data={})
        item.delete()


def empty_caches(withdrawal: Withdrawal) -> dict[str, Any]:
    """All of every cache: which entries hold a word of the story, no key tells. And the names of what was deleted."""
    forget_in_indexes(withdrawal.inventory.get("pages", []))
    forget_deleted_files()
    scrub_database()
    for cache in caches.all(initialized_only=False):
        cache.clear()
    return {}
