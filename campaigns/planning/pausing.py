"""Stopping at once, and going on with a person's decision about everything that was missed."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.messages import in_every_language
from campaigns.models import Campaign, Pause, PlatformPost
from campaigns.states import Status

MISSED = _("It was due during a pause. Choose what happens to it.")


def pause(campaign: Campaign | None, user: Any, reason: str = "") -> Pause:
    """Let nothing of this campaign (None: nothing at all) go out from now on. A second press changes nothing.

    What is being sent in this very moment may still arrive; taking down goes on as always.
    """
    try:
        with transaction.atomic():
            return Pause.objects.create(
                campaign=campaign,
                reason=reason,
                started_at=timezone.now(),
                started_by=user if user.pk else None,
            )
    except IntegrityError:  # somebody was faster
        return Pause.objects.open().get(campaign=campaign)


def held_by(pause: Pause) -> QuerySet[PlatformPost]:
    """The messages that this pause concerns."""
    rows = PlatformPost.objects.all()
    return rows.filter(post__campaign=pause.campaign) if pause.campaign_id else rows


def missed_during(pause: Pause) -> QuerySet[PlatformPost]:
    """What should have gone out since the pause began and did not; the oldest first."""
    now = timezone.now()
    return (
        held_by(pause)
        .filter(
            status__in=[Status.LATE, Status.SCHEDULED, Status.RETRYING],
            due_at__gte=pause.started_at,
            due_at__lte=now,
        )
        .select_related("post__campaign", "account")
        .order_by("due_at", "pk")
    )


@transaction.atomic
def end_pause(pause: Pause, user: Any) -> bool:
    """Let the campaign go on. What was missed waits for a person, whether or not a worker came by meanwhile.

    False when somebody else has ended it already.
    """
    now = timezone.now()
    missed_during(pause).exclude(status=Status.LATE).update(
        status=Status.LATE, status_message=in_every_language(MISSED), nudged_at=None
    )
    ended_by = user if user.pk else None
    return bool(Pause.objects.open().filter(pk=pause.pk).update(ended_at=now, ended_by=ended_by))
