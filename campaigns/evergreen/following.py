"""A turn follows the post it was made from: what stops that one stops this one."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.evergreen.models import EvergreenTurn
from campaigns.gates import answer_of_gates, asked_before_going_out
from campaigns.models import Post
from core.sharing import Clearance, SharingUse


def turns_of(post: Post) -> QuerySet[EvergreenTurn]:
    return EvergreenTurn.objects.filter(post=post.pk or 0)


@asked_before_going_out(turns_of)
def follow_the_source(post: Post, use: SharingUse) -> Clearance:
    turn = turns_of(post).select_related("source").first()
    if turn is None:
        return Clearance()
    if not turn.source.live or turn.source.withdrawal is not None:
        return Clearance((_("The evergreen post it repeats is not approved any more."),), may_return=False)
    return answer_of_gates(turn.source, use)
