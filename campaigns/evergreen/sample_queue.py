"""A sample queue on the Dutch updates page: posts that were shown lately, so their words rest and nothing goes out soon."""

from __future__ import annotations

from campaigns.evergreen.filling import add_to_queue
from campaigns.evergreen.models import EvergreenAccount, EvergreenPost
from campaigns.models import Post, SocialAccount
from campaigns.planning.slots import keep_slots, parse_slots
from campaigns.states import Status

LANGUAGE, SLOTS, SHOWN = "nl", "di 19:30, do 12:00", 3


def load_queue() -> list[EvergreenPost]:
    """The queue, made when there is none yet."""
    account = SocialAccount.objects.filter(provider="website", language=LANGUAGE).first()
    if account is None or EvergreenAccount.objects.filter(account=account).exists():
        return []
    EvergreenAccount.objects.create(account=account, is_on=True)
    if not account.slots.exists():
        keep_slots(account, parse_slots(SLOTS))
    out = Post.objects.filter(
        live=True,
        page__isnull=False,
        platform_posts__account=account,
        platform_posts__status=Status.PUBLISHED,
    )
    return [add_to_queue(post, None) for post in out.order_by("pk")[:SHOWN]]
