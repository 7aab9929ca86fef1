"""Who else has a say in whether a post may go out. A part of this room registers its question here.

Asked when a post is approved, and again at the moment it is published.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from core.sharing import Clearance, SharingUse

if TYPE_CHECKING:
    from campaigns.models import Post

Gate = Callable[["Post", SharingUse], Clearance]
GATES: list[Gate] = []


def asked_before_going_out(gate: Gate) -> Gate:
    """Registers ``gate``, which tells whether a post may be used so now, or why not."""
    GATES.append(gate)
    return gate


def answer_of_gates(post: Post, use: SharingUse) -> Clearance:
    """What all of them say together."""
    answers = [gate(post, use) for gate in GATES]
    reasons = tuple(reason for answer in answers for reason in answer.reasons)
    return Clearance(reasons, may_return=all(answer.may_return for answer in answers))
