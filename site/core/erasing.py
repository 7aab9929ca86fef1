"""Pictures and documents that have to go for good: the row, the file, and what was made from it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.module_loading import import_string
from wagtail.models import ReferenceIndex
from wagtail.tasks import delete_file_from_storage_task


def is_used(item: models.Model) -> bool:
    """Whether something that exists shows or links ``item``. The index may lag behind, so each source is looked up."""
    for reference in ReferenceIndex.get_references_to(item).select_related("base_content_type"):
        model = reference.base_content_type.model_class()
        if model is None or model._base_manager.filter(pk=reference.object_id).exists():
            return True
    return False


def files_of(item: Any) -> list[tuple[Any, str]]:
    """(storage, name) of the file of an image or document, and of the renditions of an image."""
    holders = [item, *(item.renditions.all() if hasattr(item, "renditions") else [])]
    return [(holder.file.storage, holder.file.name) for holder in holders if holder.file]


def erase_if_unused(item: Any) -> bool:
    """Erase an image or document with its files, unless something else uses it. False when it stays."""
    if is_used(item):
        return False
    files = files_of(item)
    with transaction.atomic():
        item.delete()
    for storage, name in files:
        storage.delete(name)
    return True


def forget_deleted_files() -> int:
    """Tasks of Wagtail that delete files keep their names, which can tell who is on a picture. Drops those whose file
    is gone; the ones that still have something to do stay. Returns how many went."""
    if settings.TASKS["default"]["BACKEND"] != "django_tasks_db.DatabaseBackend":
        return 0  # a queue in Redis forgets by itself
    from django_tasks_db.models import DBTaskResult

    tasks = DBTaskResult.objects.filter(task_path=delete_file_from_storage_task.module_path)
    done = [task.pk for task in tasks if not _has_file(*task.args_kwargs["args"])]
    DBTaskResult.objects.filter(pk__in=done).delete()
    return len(done)


def _has_file(storage: list[Any], name: str) -> bool:
    path, args, kwargs = storage
    return bool(import_string(path)(*args, **kwargs).exists(name))


def scrub_database() -> None:
    """SQLite keeps deleted words in its search index and its journal until it is told not to."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.endswith("_fts"):
                name = connection.ops.quote_name(table)
                cursor.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608 - its own table
        if not connection.in_atomic_block:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
