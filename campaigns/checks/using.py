"""What a network charges, and how much of its daily quota is left, as its connector declares them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.findings import Finding
from campaigns.models import PlatformPost
from campaigns.states import PLANNED, Status

if TYPE_CHECKING:
    from campaigns.models import Post, PostTarget

DAY = timedelta(hours=24)
COUNTED = frozenset({*PLANNED, Status.PUBLISHING, Status.PUBLISHED, Status.UNKNOWN})


def about_network_use(post: Post, target: PostTarget) -> Iterator[Finding]:
    """Warnings: the network itself refuses what is over its quota, and then the post is tried again."""
    account = target.account
    limits, price = account.limits, account.provider_class.capabilities.price
    if limits.posts_a_day:
        time = target.own_time or timezone.now()
        used = (
            PlatformPost.objects.filter(
                account=account.pk, status__in=COUNTED, due_at__gt=time - DAY, due_at__lte=time
            )
            .exclude(post=post.pk)
            .count()
        )
        if used >= limits.posts_a_day:
            message = _(
                "{account} takes {limit} posts in 24 hours, and {used} are planned or out by then. Choose another time."
            )
            sentence = format_lazy(message, account=account, limit=limits.posts_a_day, used=used)
            yield Finding("planned_at", sentence, target, on_target=bool(target.planned_at), is_error=False)
    if price:
        yield Finding(
            "account", format_lazy("{account}: {price}", account=account, price=price), target, is_error=False
        )
