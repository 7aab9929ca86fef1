"""Who else has a say in whether a post may go out. A part of this room registers its question here.

Asked when a post is approved, and again at the moment it is published. For most posts nobody has anything to say:
one query finds out, however many ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import IntegerField, QuerySet, Value

from core.sharing import Clearance, SharingUse

if TYPE_CHECKING:
    from campaigns.models import Post

Answer = Callable[["Post", SharingUse], Clearance]
Rows = Callable[["Post"], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Gate:
    """``answer`` tells whether a post may be used so now, or why not. Without ``rows`` of the post it may."""

    rows: Rows
    answer: Answer


GATES: list[Gate] = []


def asked_before_going_out(rows: Rows) -> Callable[[Answer], Answer]:
    """Registers what it decorates as the answer of a gate that matters to posts with such ``rows`` only."""

    def register(answer: Answer) -> Answer:
        GATES.append(Gate(rows, answer))
        return answer

    return register


def answer_of_gates(post: Post, use: SharingUse) -> Clearance:
    """What all of them say together."""
    answers = [gate.answer(post, use) for gate in _concerned(post)]
    reasons = tuple(reason for answer in answers for reason in answer.reasons)
    return Clearance(reasons, may_return=all(answer.may_return for answer in answers))


def _concerned(post: Post) -> list[Gate]:
    """The gates that have rows about the post; one query."""
    numbered = [
        gate.rows(post).order_by().values_list(Value(number, output_field=IntegerField()), flat=True)
        for number, gate in enumerate(GATES)
    ]
    if not numbered:
        return []
    first, *others = numbered
    return [GATES[number] for number in sorted(first.union(*others))]
