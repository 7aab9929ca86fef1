"""Work in the background. A task takes ids and holds no rules: the row says what is to be done."""

from __future__ import annotations

from django_tasks import task

from stories.consent.cascade.running import run_withdrawal


@task()
def erase_withdrawn_story(withdrawal_id: int) -> bool:
    return run_withdrawal(withdrawal_id)
