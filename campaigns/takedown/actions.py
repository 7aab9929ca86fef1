"""Taking down everywhere: called off, asked of networks, taken out of kits. Doing it twice does no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.actions import cancel_platform_post, request_removal
from campaigns.actions.erasing import was_asked
from campaigns.gates import asked_before_going_out
from campaigns.kit.following import withdraw_items
from campaigns.kit.models import KitItem
from campaigns.models import PlatformPost, Post
from campaigns.states import PLANNED, Status
from campaigns.takedown.models import TakeDown, key_of, posts_with
from core.sharing import Clearance, SharingUse

if TYPE_CHECKING:
    from core.models import User


def take_downs_of(post: Post) -> QuerySet[TakeDown]:
    return TakeDown.objects.filter(translation_key=post.translation_key)


@asked_before_going_out(take_downs_of)
def never_again(post: Post, use: SharingUse) -> Clearance:
    return Clearance((_("This post was taken down everywhere. Write a new one."),), may_return=False)


def posts_of(post: Post) -> QuerySet[Post]:
    """The post in every language, its turns in the evergreen queue included."""
    return posts_with(key_of(post)).select_related("locale", "campaign")


@transaction.atomic
def take_down_everywhere(post: Post, user: User | None, reason: str = "") -> TakeDown:
    """Call off what is planned, ask networks to remove what is out, take it out of every kit and tell the partners."""
    take_down, __ = TakeDown.objects.get_or_create(
        translation_key=key_of(post),
        defaults={"campaign": post.campaign, "asked_by": user, "reason": reason},
    )
    carry_out(take_down)
    for version in posts_of(post):
        if version.live:
            version.unpublish(user=user)
    return take_down


def carry_out(take_down: TakeDown) -> int:
    """What can be done now. Returns for how many messages nobody knows yet whether they are out."""
    rows = PlatformPost.objects.filter(post__in=take_down.posts).select_related("account")
    for row in rows:
        if row.status in PLANNED:
            cancel_platform_post(row, _("It was taken down everywhere."))
        elif row.status == Status.PUBLISHED and not was_asked(row):
            request_removal(row)
    items = KitItem.objects.filter(post__in=take_down.posts, withdrawn_at=None)
    withdraw_items(list(items.values_list("pk", flat=True)))
    return rows.filter(status__in=[Status.PUBLISHING, Status.UNKNOWN]).count()


def tick() -> int:
    """What was on its way to a network when it was taken down is removed as soon as it is known to be out."""
    keys = TakeDown.objects.values("translation_key")
    asked = Q(post__translation_key__in=keys) | Q(post__evergreen_turn__source__translation_key__in=keys)
    late = PlatformPost.objects.filter(
        asked,
        status=Status.PUBLISHED,
        removal_requested_at=None,
        status_message={},
    )
    return sum(request_removal(row) for row in late)
