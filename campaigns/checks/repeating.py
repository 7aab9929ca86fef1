"""Whether an account has said, or will say, the very same thing close by. Networks call that spam, readers call it dull."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import regex
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.composing import text_on
from campaigns.findings import Finding
from campaigns.models import PlatformPost
from campaigns.states import PLANNED, Status

if TYPE_CHECKING:
    from campaigns.models import Post, PostTarget

NOT_SAID = regex.compile(r"https?://\S+|[#@]\w+|[^\p{L}\p{N}\s]+")
SAID = frozenset({*PLANNED, Status.PUBLISHING, Status.PUBLISHED, Status.UNKNOWN})


def said_in(text: str) -> str:
    """The words alone: other hashtags, another link or another comma make no other text."""
    return " ".join(NOT_SAID.sub(" ", text).casefold().split())


def about_repetition(post: Post, target: PostTarget) -> Iterator[Finding]:
    said = said_in(text_on(target))
    if not said:
        return
    period = timedelta(days=settings.CAMPAIGNS_REPEAT_AFTER_DAYS)
    time = target.own_time or timezone.now()
    near = PlatformPost.objects.filter(
        account=target.account_id, status__in=SAID, due_at__gt=time - period, due_at__lt=time + period
    )
    for row in near.exclude(post=post.pk).order_by("due_at").only("text", "due_at"):
        if said_in(row.text) == said:
            message = _(
                "{account} says the same on {day}. Change the text, or choose a day at least {days} days away."
            )
            day = date_format(timezone.localtime(row.due_at), "DATE_FORMAT")
            sentence = format_lazy(message, account=target.account, day=day, days=period.days)
            yield Finding("text", sentence, target, on_target=bool(target.text.strip()))
            return
