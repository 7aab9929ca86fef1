"""Figures about publishing, from stored rows alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from campaigns.models import PlatformPost, PublishAttempt, SocialAccount
from campaigns.states import Status

DAY = timedelta(days=1)
OVERDUE_AFTER = timedelta(minutes=2)
UNKNOWN_FOR = timedelta(minutes=15)
MEASURED_AT_MOST = 20_000  # messages


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How long after their time messages went out, in seconds: half of them within ``p50``, nearly all within ``p95``."""

    number: int
    p50: float
    p95: float


def percentile(ordered: list[float], share: float) -> float:
    """The smallest value that ``share`` of all values do not exceed (nearest rank)."""
    rank = max(1, -(-len(ordered) * round(share * 100) // 100))
    return ordered[rank - 1]


def punctuality() -> Punctuality | None:
    """Of what went out in the last day, waiting for pages, accounts and networks included. None: nothing did."""
    rows = PlatformPost.objects.filter(
        status__in=[Status.PUBLISHED, Status.REMOVED], published_at__gte=timezone.now() - DAY
    ).exclude(account__provider="manual")
    times = rows.order_by("-published_at").values_list("due_at", "published_at")[:MEASURED_AT_MOST]
    late = sorted(max(0.0, (published - due).total_seconds()) for due, published in times if published)
    return Punctuality(len(late), percentile(late, 0.5), percentile(late, 0.95)) if late else None


def stuck() -> QuerySet[PlatformPost]:
    """What should have moved by now: nobody took it, nobody came back, or the network has not answered for long."""
    now = timezone.now()
    waits = Q(
        status__in=[Status.SCHEDULED, Status.RETRYING, Status.UNKNOWN],
        next_attempt_at__lt=now - OVERDUE_AFTER,
    )
    abandoned = Q(status=Status.PUBLISHING, lease_until__lt=now - OVERDUE_AFTER)
    unanswered = Q(status=Status.UNKNOWN, due_at__lt=now - UNKNOWN_FOR)
    return (
        PlatformPost.objects.filter(waits | abandoned | unanswered)
        .select_related("post__campaign", "account")
        .order_by("due_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class Failing:
    account: SocialAccount
    failures: int  # tries of the last day that did not go well


def failing_accounts() -> list[Failing]:
    """Accounts that are paused, or whose tries of the last day failed; the worst first."""
    bad = [
        PublishAttempt.Outcome.REFUSED,
        PublishAttempt.Outcome.TEMPORARY,
        PublishAttempt.Outcome.UNKNOWN,
    ]
    attempts = PublishAttempt.objects.filter(outcome__in=bad, started_at__gte=timezone.now() - DAY)
    counts: dict[int, int] = dict(
        attempts.order_by().values_list("platform_post__account").annotate(number=Count("pk"))
    )
    accounts: Any = SocialAccount.objects.filter(Q(pk__in=counts) | Q(state=SocialAccount.State.PAUSED))
    found = [Failing(account, counts.get(account.pk, 0)) for account in accounts]
    return sorted(found, key=lambda one: (-one.failures, str(one.account)))
