"""The heartbeat: finds what is due and nudges a worker. Two of them at once do no harm."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django_tasks.base import Task

from campaigns import tasks
from campaigns.actions import reap_abandoned_posts, recall_withdrawn_posts
from campaigns.models import PlatformPost, SocialAccount
from campaigns.states import Status

NUDGE_AGAIN = timedelta(minutes=1)  # a nudge that got lost is repeated
NUDGES_A_TICK = 500


def tick() -> int:
    """Nudge for everything that is due now; returns how many tasks were queued."""
    reap_abandoned_posts()
    recall_withdrawn_posts()
    return nudge_due_posts() + nudge_removals() + nudge_measurements()


def _not_nudged(now: datetime) -> Q:
    return Q(nudged_at__isnull=True) | Q(nudged_at__lt=now - NUDGE_AGAIN)


def nudge_due_posts() -> int:
    """One task an account, for the first message in line; the others follow in the same turn."""
    now = timezone.now()
    first = PlatformPost.objects.in_line(now, OuterRef("pk"))
    on_its_way = PlatformPost.objects.filter(account=OuterRef("pk"), status=Status.PUBLISHING)
    accounts = SocialAccount.objects.filter(~Exists(on_its_way)).annotate(
        first=Subquery(first.values("pk")[:1])
    )
    heads = PlatformPost.objects.due(now).filter(_not_nudged(now), pk__in=accounts.values("first"))
    return sum(
        _nudge(pk, now, tasks.publish_account, account)
        for pk, account in heads.order_by("due_at", "pk").values_list("pk", "account")[:NUDGES_A_TICK]
    )


def nudge_removals() -> int:
    now = timezone.now()
    due = PlatformPost.objects.filter(
        _not_nudged(now),
        status=Status.PUBLISHED,
        removal_requested_at__isnull=False,
        next_attempt_at__lte=now,
    )
    return sum(
        _nudge(pk, now, tasks.remove_platform_post, pk)
        for pk in due.values_list("pk", flat=True)[:NUDGES_A_TICK]
    )


def _nudge(pk: int, now: datetime, task: Task[Any, Any], argument: int) -> int:
    """Queue one task, unless another heartbeat has just done so."""
    if not PlatformPost.objects.filter(_not_nudged(now), pk=pk).update(nudged_at=now):
        return 0
    task.enqueue(argument)
    return 1


def nudge_measurements() -> int:
    """One task an account, not one a post: networks answer for many posts at once."""
    now = timezone.now()
    due = PlatformPost.objects.measured(now).filter(account__state=SocialAccount.State.ACTIVE)
    return sum(
        _nudge_account(pk, now) for pk in due.values_list("account_id", flat=True).distinct().order_by()
    )


def _nudge_account(pk: int, now: datetime) -> int:
    if not SocialAccount.objects.filter(_not_nudged(now), pk=pk).update(nudged_at=now):
        return 0
    tasks.fetch_account_metrics.enqueue(pk)
    return 1
