"""Moving everything of a campaign that is still to come by so many days: all of it, or nothing."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.calendar.entries import drafts
from campaigns.calendar.moving import move_draft, move_platform_posts
from campaigns.models import Campaign, PlatformPost
from campaigns.planning.times import ImpossibleTimeError, shifted
from campaigns.states import Status


class ShiftRefusedError(Exception):
    """Nothing was moved; ``problem`` says which time is in the way."""

    def __init__(self, problem: Any) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _new_time(moment: datetime, days: int) -> datetime:
    try:
        new = shifted(moment, days)
    except ImpossibleTimeError as error:
        raise ShiftRefusedError(error.problem) from error
    if new <= timezone.now():
        raise ShiftRefusedError(_("At least one post would come to a time that has passed."))
    return new


@transaction.atomic
def shift_campaign(campaign: Campaign, days: int, user: Any) -> int:
    """Move all planned posts and drafts of the future; returns how many. Raises ``ShiftRefusedError``."""
    now = timezone.now()
    rows = PlatformPost.objects.filter(
        post__campaign=campaign, status=Status.SCHEDULED, due_at__gt=now
    ).select_related("post")
    together: dict[tuple[int, datetime], list[PlatformPost]] = defaultdict(list)
    for row in rows.order_by("due_at", "pk"):
        together[row.post_id, row.due_at].append(row)
    moved = 0
    for (__, due_at), group in together.items():
        moved += bool(move_platform_posts(group, _new_time(due_at, days), user))
    for post in drafts().filter(campaign=campaign):
        draft = post.get_latest_revision_as_object()
        if draft.planned_at and draft.planned_at > now:
            move_draft(draft, _new_time(draft.planned_at, days), user)
            moved += 1
    return moved
