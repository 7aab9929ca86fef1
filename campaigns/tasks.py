"""Work in the background. A task takes ids and holds no rules: the row says what is to be done."""

from __future__ import annotations

from django_tasks import task

from campaigns import actions
from campaigns.health.pulse import show_life
from campaigns.models import Pulse

# A queue of their own: a page that is indexed must not make a post wait.
PUBLISHING = "publishing"


@task(queue_name=PUBLISHING)
def publish_account(account_id: int) -> None:
    if actions.publish_in_turn(account_id):
        publish_account.enqueue(account_id)  # behind the others


@task(queue_name=PUBLISHING)
def remove_platform_post(platform_post_id: int) -> bool:
    return actions.remove_platform_post(platform_post_id)


@task(queue_name=PUBLISHING)
def fetch_account_metrics(account_id: int) -> int:
    return actions.fetch_account_metrics(account_id)


@task(queue_name=PUBLISHING)
def show_hands() -> None:
    """Proof that somebody does what is queued here."""
    show_life(Pulse.Part.HANDS)
