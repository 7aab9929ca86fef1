"""Who sends a message: one worker, and on each account one message at a time, in the order they are planned."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.messages import in_every_language
from campaigns.models import PlatformPost, PublishAttempt
from campaigns.states import CLAIMABLE, Status

LEASE = timedelta(seconds=settings.CAMPAIGNS_LEASE_SECONDS)


def claim_platform_post(platform_post_id: int) -> PlatformPost | None:
    """Take a due message for this worker, in one statement.

    None when it is not due, when another worker has it, or when it is not the first in line on its account.
    """
    account = PlatformPost.objects.filter(pk=platform_post_id).values_list("account", flat=True).first()
    return _claim(account, Q(pk=platform_post_id)) if account else None


def claim_next(account_id: int) -> PlatformPost | None:
    """Take the first message in line on an account, the same way."""
    return _claim(account_id, Q())


def note_nudged(account_id: int) -> None:
    """A worker is at what is due on the account: the heartbeat need not call another for each message."""
    now = timezone.now()
    PlatformPost.objects.due(now).filter(account=account_id).update(nudged_at=now)


def _claim(account_id: int, which: Q) -> PlatformPost | None:
    now, token = timezone.now(), uuid4()
    first = PlatformPost.objects.in_line(now, account_id).values("pk")[:1]
    on_its_way = PlatformPost.objects.filter(account=account_id, status=Status.PUBLISHING)
    try:
        # A refusal would spoil an open transaction; where there is none, one statement needs no other around it.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            claimed = PlatformPost.objects.filter(
                which, ~Exists(on_its_way), pk=Subquery(first), next_attempt_at__lte=now, status__in=CLAIMABLE
            ).update(
                status=Status.PUBLISHING,
                claim_token=token,
                lease_until=now + LEASE,
                attempts_made=F("attempts_made") + 1,
            )
    except IntegrityError:  # another worker began with another message of this account at the same moment
        return None
    if not claimed:
        return None
    # Its page and picture are read where there are any: most of their columns would come for nothing.
    ours = (
        PlatformPost.objects.select_related("post__campaign", "account", "short_url")
        .annotate(has_attempts=Exists(PublishAttempt.objects.filter(platform_post=OuterRef("pk"))))
        .get(account=account_id, status=Status.PUBLISHING, claim_token=token)  # by an index
    )
    ours.was_tried = vars(ours)["has_attempts"]
    return ours


def reap_abandoned_posts() -> int:
    """Return the messages of workers that did not come back, as unknown. Returns how many."""
    now = timezone.now()
    return PlatformPost.objects.abandoned(now).update(
        status=Status.UNKNOWN,
        status_message=in_every_language(
            _("Publishing was interrupted. We look whether the post is on the network, and then go on.")
        ),
        next_attempt_at=now,
        nudged_at=None,
        lease_until=None,
        claim_token=None,
    )
