"""Work in the background. A task takes ids and holds no rules."""

from __future__ import annotations

from django_tasks import task

from support import mentions, sites


@task()
def check_site(service_id: int) -> None:
    sites.check_site(service_id)


@task()
def refresh_term(key: str) -> int:
    return mentions.index_anew(key)
