"""Work in the background. A task takes ids and holds no rules."""

from __future__ import annotations

from django_tasks import task

from factsheets import refreshing
from factsheets.printing import storing


@task()
def spread_refresh(refresh_id: int) -> int:
    return refreshing.spread(refresh_id)


@task()
def refresh_dependant(refresh_id: int, content_type_id: int, object_id: str) -> None:
    refreshing.refresh_one(refresh_id, content_type_id, object_id)


@task()
def print_sheet(page_id: int) -> int:
    return storing.print_sheet(page_id)


@task()
def print_stale() -> None:
    for page_id in storing.stale_sheets():
        print_sheet.enqueue(page_id)
