"""Filling free slots: each turn is a post of its own, with a short address of its own, planned like any other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns.evergreen.models import EvergreenAccount, EvergreenPost, EvergreenTurn
from campaigns.evergreen.queueing import Coming, candidates_on, coming_turns
from campaigns.models import Post, SocialAccount
from campaigns.planning.series import copy_post

FILLED_AHEAD = timedelta(days=2)  # until then a slot is free for what people want to say
SLOTS_A_TICK = 20


def tick() -> int:
    """Fill the slots of the next two days on every account that wants it. Returns how many."""
    wanting = EvergreenAccount.objects.filter(is_on=True, account__state=SocialAccount.State.ACTIVE)
    return sum(fill_slots(pk) for pk in wanting.values_list("pk", flat=True))


@transaction.atomic
def fill_slots(rules_id: int) -> int:
    """Fill the free slots of one account; a second worker waits, and then finds them filled."""
    rules = (
        EvergreenAccount.objects.select_for_update(of=("self",)).select_related("account").get(pk=rules_id)
    )
    now = timezone.now()
    turns = coming_turns(rules, candidates_on(rules.account), now, SLOTS_A_TICK)
    soon = [turn for turn in turns if turn.at <= now + FILLED_AHEAD]
    for turn in soon:
        _make(turn, rules.account)
    return len(soon)


def _make(turn: Coming, account: SocialAccount) -> Post:
    """The approval of the source holds for its copy: same words, same account."""
    source = turn.candidate.entry.post
    copy = copy_post(Post.objects.get(pk=source.pk), turn.at, uuid4(), None, only_to=account)
    EvergreenTurn.objects.create(post=copy, source=source, account=account, at=turn.at)
    copy.latest_revision.publish(log_action=False)
    return copy


@transaction.atomic
def add_to_queue(post: Post, user: Any) -> EvergreenPost:
    """At the end of the queue; a second press changes nothing."""
    last = EvergreenPost.objects.aggregate(last=Max("position"))["last"] or 0
    entry, __ = EvergreenPost.objects.get_or_create(
        post=post, defaults={"position": last + 1, "added_by": user if user and user.pk else None}
    )
    return entry


@transaction.atomic
def move_in_queue(entry: EvergreenPost, neighbour: EvergreenPost) -> None:
    """Let two posts change places."""
    entry.position, neighbour.position = neighbour.position, entry.position
    if entry.position == neighbour.position:
        entry.position += 1
    entry.save(update_fields=["position"])
    neighbour.save(update_fields=["position"])


def planned_turns(account: SocialAccount, now: datetime) -> list[EvergreenTurn]:
    """The slots that are filled already and still to come."""
    return list(
        EvergreenTurn.objects.filter(account=account, at__gt=now)
        .select_related("post", "source")
        .order_by("at")
    )
