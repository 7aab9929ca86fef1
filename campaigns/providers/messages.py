"""What most networks have in common: a message is one text with its link, checked again before it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from campaigns.providers.base import (
    Failure,
    Followups,
    Limits,
    OutgoingPost,
    Problem,
    ProviderError,
    SocialProvider,
)
from campaigns.providers.checks import image_problems, link_problems, text_problems
from campaigns.providers.text import normalise, with_link

NO_THREADS = _(
    "{network} has no threads. Put everything into one text there, or tick “Without the thread” for this account."
)
EMPTY_PART = _("Part {number} is empty. Write what it says, or take it away.")
PART = _("Part {number}: {message}")


class MessageProvider(SocialProvider):
    """A network whose messages differ in their limits, not in what they are made of."""

    @classmethod
    def compose(cls, post: OutgoingPost) -> str:
        """The link is part of the words even where a card shows it: by it the message is known again."""
        return with_link(post.text, post.link)

    @classmethod
    def problems(cls, post: OutgoingPost, limits: Limits | None = None) -> list[Problem]:
        limits = limits or cls.limits
        return [*cls._message_problems(post, limits), *cls._followup_problems(post, limits)]

    @classmethod
    def _followup_problems(cls, post: OutgoingPost, limits: Limits) -> Iterator[Problem]:
        """What the network would refuse of the further parts, each with its number: the post itself is part 1."""
        if cls.capabilities.followups is not Followups.THREAD:
            if post.followups:
                yield Problem("followups", format_lazy(NO_THREADS, network=cls.label))
            return
        for number, text in enumerate(post.followups, start=2):
            if not normalise(text):
                yield Problem("followups", format_lazy(EMPTY_PART, number=number))
                continue
            count = cls.count(cls.compose(part := words_alone(post, text)), limits)
            if count.left < 0:
                yield Problem("followups", _too_long(number, -count.left, used=count.used, limit=count.limit))
                continue
            for problem in cls._message_problems(part, limits):
                yield Problem("followups", format_lazy(PART, number=number, message=problem.message))

    @classmethod
    def _message_problems(cls, post: OutgoingPost, limits: Limits) -> list[Problem]:
        """What the network would refuse of one message, its follow-ups aside."""
        text = cls.compose(post)
        return [
            *text_problems(post, text, cls.count(text, limits), cls.label),
            *cls._own_problems(post, text),
            *link_problems(post),
            *image_problems(post, limits, cls.label),
        ]

    @classmethod
    def _own_problems(cls, post: OutgoingPost, text: str) -> list[Problem]:
        """What only this network refuses; ``text`` is the composed text of ``post``."""
        return []

    @classmethod
    def new_idempotency_key(cls, now: datetime) -> str:
        return uuid4().hex

    def _refuse_faulty(self, post: OutgoingPost) -> None:
        """Nothing is sent that was never going to be accepted. Raises ``ProviderError`` with the first problem."""
        if problems := self.problems(post, self.account_limits):
            raise ProviderError(problems[0].message, failure=Failure.PERMANENT)


def words_alone(post: OutgoingPost, text: str) -> OutgoingPost:
    """A further part of ``post``: its words, and nothing of what belongs to the first part."""
    return replace(
        post,
        text=text,
        link="",
        full_link="",
        images=(),
        card=None,
        tags=(),
        followups=(),
        others=frozenset(),
    )


def _too_long(number: int, excess: int, *, used: int, limit: int) -> Any:
    message = ngettext_lazy(
        "Part {number} is {excess} character too long ({used} of {limit}).",
        "Part {number} is {excess} characters too long ({used} of {limit}).",
        excess,
    )
    return format_lazy(message, number=number, excess=excess, used=used, limit=limit)
