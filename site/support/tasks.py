"""Work in the background. A task takes ids and holds no rules."""

from __future__ import annotations

from django_tasks import task

from support import sites


@task()
def check_site(service_id: int) -> None:
    sites.check_site(service_id)
