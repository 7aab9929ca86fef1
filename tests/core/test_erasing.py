"""A deleted file leaves no name behind, not even in the queue of the tasks that deleted it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult
from wagtail.tasks import delete_file_from_storage_task

from core.erasing import forget_deleted_files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tasks_in_the_database(settings: Any) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "publishing"]}
    }


def ask_to_delete(name: str) -> None:
    storage: Any = ("django.core.files.storage.FileSystemStorage", [], {})
    delete_file_from_storage_task.using(backend="default").enqueue(storage, name)


def test_the_name_of_a_deleted_file_goes_with_its_task() -> None:
    ask_to_delete("portret-van-johanna.jpg")
    assert "johanna" in str(DBTaskResult.objects.values_list("args_kwargs"))
    assert forget_deleted_files() == 1
    assert not DBTaskResult.objects.exists()


def test_a_task_that_still_has_a_file_to_delete_stays() -> None:
    name = default_storage.save("nog-daar.txt", ContentFile(b"x"))
    ask_to_delete(name)
    assert forget_deleted_files() == 0
    assert DBTaskResult.objects.count() == 1
