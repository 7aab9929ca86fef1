"""Work in the background. A task takes ids and holds no rules: the row says what is to be done."""

from __future__ import annotations

from django_tasks import task

from campaigns import actions


@task()
def publish_platform_post(platform_post_id: int) -> str | None:
    return actions.publish_platform_post(platform_post_id)


@task()
def remove_platform_post(platform_post_id: int) -> bool:
    return actions.remove_platform_post(platform_post_id)


@task()
def fetch_account_metrics(account_id: int) -> int:
    return actions.fetch_account_metrics(account_id)
