"""The write-ahead log of calls to networks, and when to try again."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.messages import in_every_language
from campaigns.models import PlatformPost, PublishAttempt
from campaigns.providers.base import Failure, ProviderError

FIRST_RETRY = timedelta(seconds=settings.CAMPAIGNS_FIRST_RETRY_SECONDS)
LONGEST_RETRY = timedelta(minutes=30)

Kind, Outcome = PublishAttempt.Kind, PublishAttempt.Outcome

OUR_FAULT = _("Something went wrong on our side. We try again by ourselves; the technical log says more.")


def begin(platform_post: PlatformPost, kind: PublishAttempt.Kind) -> PublishAttempt:
    """Write the attempt down before the call; it is committed when this returns."""
    return PublishAttempt.objects.create(
        platform_post=platform_post,
        kind=kind,
        idempotency_key=platform_post.idempotency_key,
        started_at=timezone.now(),
    )


def end(attempt: PublishAttempt, outcome: PublishAttempt.Outcome, message: Any = "") -> None:
    attempt.outcome, attempt.finished_at = outcome, timezone.now()
    attempt.message = in_every_language(message) if message else {}
    attempt.save(update_fields=["outcome", "finished_at", "message"])


def outcome_of(error: ProviderError) -> PublishAttempt.Outcome:
    if error.permanent:
        return Outcome.REFUSED
    return Outcome.UNKNOWN if error.failure is Failure.UNKNOWN else Outcome.TEMPORARY


def retry_at(platform_post: PlatformPost, retry_after: float | None = None) -> datetime:
    """Twice as long each time, never all at once, and never before the network asked for."""
    delay = min(FIRST_RETRY * 2 ** min(platform_post.attempts_made - 1, 10), LONGEST_RETRY)
    delay *= random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, keeps no secret
    return timezone.now() + max(delay, timedelta(seconds=retry_after or 0))
