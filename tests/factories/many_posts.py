"""Very many posts as plain rows, for what has to hold at any number of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from wagtail.models import Locale

from campaigns.models import Campaign, PlatformPost, Post, SocialAccount
from campaigns.states import Status

TEXT = "Iedere ochtend fietst Marijke over de grens. Nummer {number}."


def make_many_posts(
    number: int,
    accounts: Sequence[SocialAccount],
    campaign: Campaign,
    first: datetime,
    apart: timedelta,
) -> list[PlatformPost]:
    """``number`` approved posts, each on one of the accounts in turn, ``apart`` from each other from ``first`` on."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    places = [accounts[count % len(accounts)] for count in range(number)]
    posts = Post.objects.bulk_create(
        Post(
            campaign=campaign,
            text=TEXT.format(number=count),
            locale=locales[account.language],
            planned_at=first + apart * count,
            live=True,
        )
        for count, account in enumerate(places)
    )
    return PlatformPost.objects.bulk_create(
        PlatformPost(
            post=post,
            account=account,
            text=post.text,
            idempotency_key=uuid4().hex,
            dated_at=post.planned_at,
            due_at=post.planned_at,
            next_attempt_at=post.planned_at,
            status=Status.SCHEDULED,
        )
        for post, account in zip(posts, places, strict=True)
    )
