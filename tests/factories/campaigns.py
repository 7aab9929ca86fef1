"""Campaigns, accounts and posts, and a network in memory that can be told to misbehave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, ClassVar
from uuid import uuid4

import factory
from django.utils import timezone
from wagtail.models import Locale

from campaigns.models import Campaign, PlatformPost, Post, PostTarget, SocialAccount
from campaigns.providers.base import (
    Capabilities,
    Followups,
    Limits,
    OutgoingPost,
    Problem,
    ProviderError,
    PublishResult,
    TextCount,
)
from campaigns.providers.parts import ThreadProvider


@dataclass
class MemoryNetwork:
    """What stands on the network, and what it does at its next calls.

    A trouble is called with ``store`` (which carries the call out) and may raise before or after it.
    """

    posts: dict[str, OutgoingPost] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)  # what each part of a thread answers
    calls: list[str] = field(default_factory=list)
    troubles: list[Callable[[Callable[[], None]], None]] = field(default_factory=list)
    look_troubles: list[ProviderError] = field(default_factory=list)
    figures: dict[str, dict[str, int]] = field(default_factory=dict)
    stored: int = 0
    arrived: Counter[str] = field(default_factory=Counter)  # the same, by idempotency key


class MemoryProvider(ThreadProvider):
    """A network that does NOT recognise a resend: every call that arrives makes one more message."""

    identifier = "memory"
    label = "Memory"
    limits = Limits(text=300, images=4, image_bytes=2_000_000, alt_text=1000)
    capabilities = Capabilities(
        idempotent=False,
        delete=True,
        find=True,
        metrics=("likes", "reposts", "replies"),
        followups=Followups.THREAD,
    )
    network: ClassVar[MemoryNetwork] = MemoryNetwork()
    keys: ClassVar[Any] = count(1)

    @classmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        return TextCount(used=len(text), limit=cls.limits.text)

    @classmethod
    def compose(cls, post: OutgoingPost) -> str:
        return post.text

    @classmethod
    def _message_problems(cls, post: OutgoingPost, limits: Limits) -> list[Problem]:
        return [Problem("text", "Too long.")] if cls.count(post.text).left < 0 else []

    @classmethod
    def new_idempotency_key(cls, now: datetime) -> str:
        return uuid4().hex

    def verify(self) -> str:
        return "memory"

    def _send(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult:
        network = self.network
        network.calls.append("publish")

        def store() -> None:
            network.stored += 1
            network.arrived[part.idempotency_key] += 1
            network.posts[part.idempotency_key] = part
            if earlier:
                network.answers[part.idempotency_key] = earlier[-1].remote_id

        trouble = network.troubles.pop(0) if network.troubles else None
        if trouble:
            trouble(store)
        else:
            store()
        return PublishResult(part.idempotency_key, f"https://memory.example/{part.idempotency_key}")

    def _look_for(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult | None:
        self.network.calls.append("find")
        if self.network.look_troubles:
            raise self.network.look_troubles.pop(0)
        if part.idempotency_key not in self.network.posts:
            return None
        return PublishResult(part.idempotency_key, f"https://memory.example/{part.idempotency_key}")

    def delete(self, remote_id: str) -> None:
        self.network.calls.append("delete")
        self.network.posts.pop(remote_id, None)

    def fetch_metrics(self, remote_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        self.network.calls.append("metrics")
        return {
            remote_id: self.network.figures[remote_id]
            for remote_id in remote_ids
            if remote_id in self.network.figures
        }


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign

    name = factory.Sequence(lambda number: f"Limburg Openhartig {number}")
    slug = factory.Sequence(lambda number: f"limburg-openhartig-{number}")
    languages = factory.LazyFunction(lambda: ["nl"])  # more would warn of the versions that are missing


class SocialAccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SocialAccount

    provider = "memory"
    name = factory.Sequence(lambda number: f"account-{number}")
    language = "nl"


class PostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Post
        skip_postgeneration_save = True

    class Params:
        language = "nl"

    campaign = factory.SubFactory(CampaignFactory)
    text = "Iedere ochtend fietst Marijke over de grens."
    locale = factory.LazyAttribute(lambda post: Locale.objects.get(language_code=post.language))
    live = False


def approved_post(*accounts: SocialAccount, due_at: datetime | None = None, **fields: Any) -> Post:
    """A post that was approved for these accounts at this time (now, unless told otherwise)."""
    post = PostFactory(planned_at=due_at, **fields)
    post.targets = [PostTarget(account=account) for account in accounts]
    post.save()
    post.save_revision().publish()
    return Post.objects.get(pk=post.pk)


def scheduled(account: SocialAccount, due_at: datetime | None = None, **fields: Any) -> PlatformPost:
    """One message waiting on one account."""
    post = approved_post(account, due_at=due_at or timezone.now(), **fields)
    return PlatformPost.objects.get(post=post, account=account)
