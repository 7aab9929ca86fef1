"""What most networks have in common: a message is one text with its link, checked again before it leaves."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from campaigns.providers.base import Failure, Limits, OutgoingPost, Problem, ProviderError, SocialProvider
from campaigns.providers.checks import image_problems, link_problems, text_problems
from campaigns.providers.text import with_link


class MessageProvider(SocialProvider):
    """A network whose messages differ in their limits, not in what they are made of."""

    @classmethod
    def compose(cls, post: OutgoingPost) -> str:
        """The link is part of the words even where a card shows it: by it the message is known again."""
        return with_link(post.text, post.link)

    @classmethod
    def problems(cls, post: OutgoingPost, limits: Limits | None = None) -> list[Problem]:
        limits = limits or cls.limits
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
