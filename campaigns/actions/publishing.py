"""Publishing exactly once.

Claim the row, look at the network when an earlier try may have reached it, write the attempt down,
call, record. A kill at any point leaves a row that a later worker brings to the same end.
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.composing import outgoing_post
from campaigns.messages import in_every_language
from campaigns.models import CampaignPage, Pause, PlatformPost, PublishAttempt
from campaigns.providers.base import Failure, ProviderError, PublishResult
from campaigns.states import Status
from core.sharing import Clearance
from core.tokens import filled_text

from .attempts import OUR_FAULT, Kind, Outcome, begin, end, outcome_of, retry_at
from .claiming import claim_next, claim_platform_post, note_nudged
from .clearance import clearance_of, too_soon_until, unready
from .measuring import next_measurement
from .scheduling import pause_account

logger = logging.getLogger(__name__)

WAIT = timedelta(minutes=1)
TURN = timedelta(seconds=10)
OTHERS_BEFORE = timedelta(days=1)  # a search goes back to the planned time, not further
REST_WITHIN = timedelta(
    days=3
)  # a weekend in which nobody signs in; after that the rest of a thread comes too late


def publish_platform_post(platform_post_id: int) -> Status | None:
    """Bring one due message a step further, and return its new state; None when it was not ours to take."""
    platform_post = claim_platform_post(platform_post_id)
    return _bring_further(platform_post) if platform_post else None


def publish_in_turn(account_id: int, turn: timedelta = TURN) -> bool:
    """Send what is due on an account, one message after the other. Whether it stopped with more to do.

    A turn ends after a while, so that many accounts share a few workers.
    """
    note_nudged(account_id)
    end = time.monotonic() + turn.total_seconds()
    while (platform_post := claim_next(account_id)) is not None:
        _bring_further(platform_post)
        if time.monotonic() >= end:
            return True
    return False


def _bring_further(platform_post: PlatformPost) -> Status:
    if _may_be_out(platform_post) and (found := reconcile_platform_post(platform_post)) is not None:
        return found
    if (held := _hold_back(platform_post)) is not None:
        return held
    return _send(platform_post)


def reconcile_platform_post(platform_post: PlatformPost) -> Status | None:
    """Ask the network whether an earlier try arrived. None when it certainly did not: send it now."""
    attempt = begin(platform_post, Kind.LOOK)
    try:
        outgoing = replace(outgoing_post(platform_post), others=_known_messages(platform_post))
        result = platform_post.account.connect().find(outgoing)
    except ProviderError as error:
        end(attempt, outcome_of(error), error.message)
        if error.failure is Failure.ACCOUNT:
            pause_account(platform_post.account, error.message)
        return _release(
            platform_post, Status.UNKNOWN, error.message, retry_at(platform_post, error.retry_after)
        )
    except Exception:
        logger.exception("Looking for platform post %s failed", platform_post.pk)
        return _release(platform_post, Status.UNKNOWN, OUR_FAULT, retry_at(platform_post))
    if result is None:
        end(attempt, Outcome.ABSENT)
        return None
    end(attempt, Outcome.DONE)
    if len(result.followups) < len(platform_post.followups):
        return None  # the rest of the thread goes out from here
    return _record_published(platform_post, result)


def _known_messages(platform_post: PlatformPost) -> frozenset[str]:
    """What stands on the account and is known to be another message, however alike they are."""
    rows = PlatformPost.objects.filter(
        account=platform_post.account_id, published_at__gte=platform_post.dated_at - OTHERS_BEFORE
    )
    return frozenset(
        rows.exclude(pk=platform_post.pk).exclude(remote_id="").values_list("remote_id", flat=True)
    )


def _settle_text(platform_post: PlatformPost) -> None:
    """Until now a dated fact in the text changed with its value; what goes out is what stays on record."""
    language = platform_post.account.language
    text = filled_text(platform_post.text, language)
    followups = [filled_text(followup, language) for followup in platform_post.followups]
    if (text, followups) != (platform_post.text, platform_post.followups):
        platform_post.text, platform_post.followups = text, followups
        platform_post.save(update_fields=["text", "followups"])


def _send(platform_post: PlatformPost) -> Status:
    try:
        _settle_text(platform_post)
        outgoing, provider = outgoing_post(platform_post), platform_post.account.connect()
    except Exception:  # nothing has left yet: a missing picture file, credentials that cannot be read
        logger.exception("Preparing platform post %s failed", platform_post.pk)
        return _put_off(platform_post, Status.RETRYING, OUR_FAULT, retry_at(platform_post))
    attempt = begin(platform_post, Kind.PUBLISH)
    try:
        result = provider.publish(outgoing)
    except ProviderError as error:
        end(attempt, outcome_of(error), error.message)
        return _after_refusal(platform_post, error)
    except Exception:
        logger.exception("Publishing platform post %s failed", platform_post.pk)
        end(attempt, Outcome.UNKNOWN, OUR_FAULT)
        return _release(platform_post, Status.UNKNOWN, OUR_FAULT, retry_at(platform_post))
    with transaction.atomic():
        end(attempt, Outcome.DONE)
        return _record_published(platform_post, result)


def _after_refusal(platform_post: PlatformPost, error: ProviderError) -> Status:
    match error.failure:
        case Failure.PERMANENT if (out := platform_post.thread_so_far) is not None:
            return _record_published(platform_post, out)
        case Failure.PERMANENT:
            return _release(platform_post, Status.FAILED, error.message)
        case Failure.ACCOUNT:
            pause_account(platform_post.account, error.message)
            return _put_off(platform_post, Status.SCHEDULED, error.message, timezone.now() + WAIT)
        case Failure.PERSON:
            return _release(platform_post, Status.BY_HAND, error.message)
        case Failure.UNKNOWN:
            return _release(
                platform_post, Status.UNKNOWN, error.message, retry_at(platform_post, error.retry_after)
            )
        case _:
            return _put_off(
                platform_post, Status.RETRYING, error.message, retry_at(platform_post, error.retry_after)
            )


def _hold_back(platform_post: PlatformPost) -> Status | None:
    """Why the message may not leave now, written on the row; None when nothing stands in its way."""
    clearance, out = clearance_of(platform_post.post), platform_post.thread_so_far
    if out is not None:
        return _hold_back_rest(platform_post, out, clearance)
    return _hold_back_whole(platform_post, clearance)


def _hold_back_whole(platform_post: PlatformPost, clearance: Clearance) -> Status | None:
    now = timezone.now()
    if not clearance.allowed and not clearance.may_return:
        return _release(platform_post, Status.CANCELLED, clearance.reasons[0])
    if Pause.objects.holding(platform_post.post.campaign_id).exists():
        return _release(
            platform_post,
            Status.LATE,
            _("The campaign is paused. Choose what happens to it when it goes on."),
        )
    reason = clearance.reasons[0] if clearance.reasons else unready(platform_post)
    if now - platform_post.due_at > timedelta(minutes=settings.CAMPAIGNS_LATE_AFTER_MINUTES):
        return _release(
            platform_post, Status.LATE, reason or _("Its time has passed. Choose a new time, or cancel it.")
        )
    if reason:
        return _release(platform_post, Status.SCHEDULED, reason, now + WAIT)
    if (pause_until := too_soon_until(platform_post)) is not None and pause_until > now:
        words = _("The account leaves some time between two posts. This one is next.")
        return _release(platform_post, Status.SCHEDULED, words, pause_until)
    return None


def _hold_back_rest(platform_post: PlatformPost, out: PublishResult, clearance: Clearance) -> Status | None:
    """The same for a thread that began: it is out, so it can only be finished, wait, or stay as it is."""
    given_up = timezone.now() - platform_post.due_at > REST_WITHIN
    if given_up or (not clearance.allowed and not clearance.may_return):
        return _record_published(platform_post, out)
    reason = clearance.reasons[0] if clearance.reasons else unready(platform_post)
    if Pause.objects.holding(platform_post.post.campaign_id).exists():
        reason = _("The campaign is paused. The rest of the thread goes out when it goes on.")
    return _release(platform_post, Status.UNKNOWN, reason, timezone.now() + WAIT) if reason else None


def _may_be_out(platform_post: PlatformPost) -> bool:
    """Whether a call was made whose end nobody knows, and nobody has looked in vain since.

    A call that is known to have arrived counts too: the worker may have died before the row said so.
    """
    if not platform_post.was_tried:
        return False
    looked_in_vain = Q(kind=Kind.LOOK) & ~Q(outcome__in=[Outcome.DONE, Outcome.ABSENT])
    last = (
        PublishAttempt.objects.filter(
            platform_post=platform_post,
            idempotency_key=platform_post.idempotency_key,
            kind__in=[Kind.PUBLISH, Kind.LOOK],
        )
        .exclude(looked_in_vain)
        .last()
    )
    if last is None:
        return False
    if last.kind == Kind.LOOK:
        return last.outcome == Outcome.DONE
    return last.outcome in (Outcome.OPEN, Outcome.UNKNOWN, Outcome.DONE)


def _release(
    platform_post: PlatformPost, status: Status, message: Any, next_attempt_at: datetime | None = None
) -> Status:
    """Put the message down in a new state, unless another worker took it over meanwhile."""
    changes: dict[str, Any] = {
        "status": status,
        "status_message": in_every_language(message),
        "lease_until": None,
        "claim_token": None,
        "nudged_at": None,
    }
    if next_attempt_at is not None:
        changes["next_attempt_at"] = next_attempt_at
    PlatformPost.objects.filter(
        pk=platform_post.pk, status=Status.PUBLISHING, claim_token=platform_post.claim_token
    ).update(**changes)
    return status


def _put_off(platform_post: PlatformPost, status: Status, message: Any, next_attempt_at: datetime) -> Status:
    """Try again later. A thread that began is out in part: nobody may change or cancel it any more."""
    began = platform_post.thread_so_far is not None
    return _release(platform_post, Status.UNKNOWN if began else status, message, next_attempt_at)


def _record_published(platform_post: PlatformPost, result: PublishResult) -> Status:
    """Good news holds whoever brings it: a worker whose lease ran out may still know it first."""
    now = timezone.now()
    page = CampaignPage.of(platform_post.post) if platform_post.account.provider == "website" else None
    rows = PlatformPost.objects.filter(
        pk=platform_post.pk,
        idempotency_key=platform_post.idempotency_key,
        status__in=[Status.PUBLISHING, Status.UNKNOWN],
    )
    if len(result.followups) < len(platform_post.followups):  # another worker may be sending the rest
        rows = rows.filter(claim_token=platform_post.claim_token)
    rows.update(
        status=Status.PUBLISHED,
        status_message={},
        remote_id=result.remote_id,
        followup_ids=list(result.followups),
        remote_url=page.address_of(platform_post) if page else result.url,
        published_at=now,
        metrics_due_at=next_measurement(now, now),
        lease_until=None,
        claim_token=None,
    )
    return Status.PUBLISHED
