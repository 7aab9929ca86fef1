"""Figures from the networks, asked for less and less often as a post grows old."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from campaigns.models import Metric, PlatformPost, SocialAccount
from campaigns.providers.base import Failure, ProviderError

from .scheduling import pause_account

logger = logging.getLogger(__name__)

# (younger than, look again after): most of what happens to a post happens on its first day.
RHYTHM = [
    (timedelta(hours=1), timedelta(minutes=5)),
    (timedelta(days=1), timedelta(minutes=30)),
    (timedelta(days=7), timedelta(hours=6)),
    (timedelta(days=30), timedelta(days=1)),
    (timedelta(days=180), timedelta(days=7)),
]
AFTER_A_FAILURE = timedelta(minutes=15)


def next_measurement(published_at: datetime, now: datetime) -> datetime | None:
    """When to ask for a post's figures again; None once it is too old to change."""
    age = now - published_at
    for younger_than, pause in RHYTHM:
        if age < younger_than:
            return now + pause
    return None


def fetch_account_metrics(account_id: int) -> int:
    """Store the figures of an account's posts that are due, and return how many figures were stored.

    A post the network does not know any more is left out: missing is not zero.
    """
    now = timezone.now()
    account = SocialAccount.objects.get(pk=account_id)
    due = list(PlatformPost.objects.measured(now).filter(account=account).exclude(remote_id=""))
    if not due:
        return 0
    if not account.provider_class.capabilities.metrics:
        PlatformPost.objects.filter(pk__in=[row.pk for row in due]).update(metrics_due_at=None)
        return 0
    try:
        figures = account.connect().fetch_metrics([row.remote_id for row in due])
    except ProviderError as error:
        if error.failure is Failure.ACCOUNT:
            pause_account(account, error.message)
        pause = max(AFTER_A_FAILURE, timedelta(seconds=error.retry_after or 0))
        PlatformPost.objects.filter(pk__in=[row.pk for row in due]).update(metrics_due_at=now + pause)
        return 0
    return _store(due, figures, now)


@transaction.atomic
def _store(due: list[PlatformPost], figures: dict[str, dict[str, int]], now: datetime) -> int:
    metrics = [
        Metric(platform_post=row, name=name, value=value, source=row.account.provider, fetched_at=now)
        for row in due
        for name, value in figures.get(row.remote_id, {}).items()
    ]
    Metric.objects.bulk_create(metrics, ignore_conflicts=True)
    for row in due:
        row.metrics_due_at = next_measurement(row.published_at or now, now)
    PlatformPost.objects.bulk_update(due, ["metrics_due_at"])
    return len(metrics)
