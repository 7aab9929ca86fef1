"""Taking down what is on a network."""

from __future__ import annotations

import logging

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.messages import in_every_language
from campaigns.models import PlatformPost
from campaigns.providers.base import Failure, ProviderError
from campaigns.states import Status

from .attempts import OUR_FAULT, Kind, Outcome, begin, end, outcome_of, retry_at
from .scheduling import pause_account

logger = logging.getLogger(__name__)


def request_removal(platform_post: PlatformPost) -> bool:
    """Ask for a published message to be taken down; the worker does it. False when it is not out."""
    return bool(
        PlatformPost.objects.filter(pk=platform_post.pk, status=Status.PUBLISHED).update(
            removal_requested_at=timezone.now(), next_attempt_at=timezone.now(), nudged_at=None
        )
    )


def note_removal(platform_post: PlatformPost) -> bool:
    """A person took the message down where the network would not let us. False when it is not out."""
    return bool(
        PlatformPost.objects.filter(pk=platform_post.pk, status=Status.PUBLISHED).update(
            status=Status.REMOVED,
            status_message={},
            removed_at=timezone.now(),
            removal_requested_at=None,
            metrics_due_at=None,
        )
    )


def remove_platform_post(platform_post_id: int) -> bool:
    """Take one message down. True once it is gone; a network that is busy is asked again later."""
    platform_post = (
        PlatformPost.objects.select_related("account")
        .filter(
            pk=platform_post_id,
            status=Status.PUBLISHED,
            removal_requested_at__isnull=False,
            next_attempt_at__lte=timezone.now(),
        )
        .first()
    )
    if platform_post is None:
        return False
    if not platform_post.account.provider_class.capabilities.delete:
        _keep(
            platform_post, _("This network does not let us take it down. Please do it by hand."), again=False
        )
        return False
    attempt = begin(platform_post, Kind.REMOVE)
    try:
        connector = platform_post.account.connect()
        for remote_id in [*reversed(platform_post.followup_ids), platform_post.remote_id]:
            connector.delete(remote_id)  # the last part first: an answer to nothing is left nowhere
    except ProviderError as error:
        end(attempt, outcome_of(error), error.message)
        if error.failure is Failure.ACCOUNT:
            pause_account(platform_post.account, error.message)
        _keep(
            platform_post,
            error.message,
            again=error.failure is not Failure.PERMANENT,
            after=error.retry_after,
        )
        return False
    except Exception:
        logger.exception("Removing platform post %s failed", platform_post.pk)
        end(attempt, Outcome.UNKNOWN, OUR_FAULT)
        _keep(platform_post, OUR_FAULT, again=True)
        return False
    end(attempt, Outcome.DONE)
    PlatformPost.objects.filter(pk=platform_post.pk, status=Status.PUBLISHED).update(
        status=Status.REMOVED, status_message={}, removed_at=timezone.now(), metrics_due_at=None
    )
    return True


def _keep(platform_post: PlatformPost, message: object, *, again: bool, after: float | None = None) -> None:
    """It is still out: say why, and whether we try again. Deleting twice does no harm."""
    PlatformPost.objects.filter(pk=platform_post.pk).update(
        status_message=in_every_language(message),
        next_attempt_at=retry_at(platform_post, after) if again else platform_post.next_attempt_at,
        removal_requested_at=platform_post.removal_requested_at if again else None,
        attempts_made=platform_post.attempts_made + 1,
        nudged_at=None,
    )
