"""Published exactly once, whatever the network and the worker do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from campaigns.actions import publish_platform_post, reap_abandoned_posts
from campaigns.actions.claiming import LEASE
from campaigns.models import PlatformPost, PublishAttempt, SocialAccount
from campaigns.providers.base import Failure, ProviderError
from campaigns.states import Status
from tests.factories.campaigns import MemoryNetwork, SocialAccountFactory, approved_post, scheduled
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
Store = Callable[[], None]


class WorkerKilled(BaseException):
    """Stands for a kill: nothing after it runs."""


def refuses(failure: Failure, retry_after: float | None = None) -> Callable[[Store], None]:
    def trouble(store: Store) -> None:
        raise ProviderError("The network said no.", failure=failure, retry_after=retry_after)

    return trouble


def accepts_and_falls_silent(store: Store) -> None:
    store()
    raise ProviderError("No answer came.", failure=Failure.UNKNOWN)


def dies_before(store: Store) -> None:
    raise WorkerKilled


def dies_after(store: Store) -> None:
    store()
    raise WorkerKilled


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def run_until_settled(platform_post: PlatformPost, clock: time_machine.Traveller) -> Status:
    """Let workers pass by, with time going on, until nothing is left to do."""
    for __ in range(20):
        reap_abandoned_posts()
        platform_post.refresh_from_db()
        if platform_post.status not in (Status.SCHEDULED, Status.RETRYING, Status.UNKNOWN, Status.PUBLISHING):
            break
        clock.shift(timedelta(minutes=2))
        publish_platform_post(platform_post.pk)
    platform_post.refresh_from_db()
    return Status(platform_post.status)


def test_nothing_leaves_before_its_time(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    platform_post = scheduled(account, NOON + timedelta(minutes=1))
    assert publish_platform_post(platform_post.pk) is None
    assert network.calls == []


def test_at_its_time_it_is_published_with_what_was_approved(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    platform_post = scheduled(account, NOON, text="Hallo buren")
    assert publish_platform_post(platform_post.pk) == Status.PUBLISHED
    platform_post.refresh_from_db()
    assert [post.text for post in network.posts.values()] == ["Hallo buren"]
    assert platform_post.remote_url.startswith("https://memory.example/")
    assert platform_post.published_at == NOON


def test_a_second_worker_finds_nothing_to_do(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    platform_post = scheduled(account, NOON)
    publish_platform_post(platform_post.pk)
    assert publish_platform_post(platform_post.pk) is None
    assert network.stored == 1


@pytest.mark.parametrize("trouble", [dies_before, dies_after], ids=["before the call", "before the answer"])
def test_a_killed_worker_leaves_one_message(
    trouble: Callable[[Store], None],
    account: SocialAccount,
    network: MemoryNetwork,
    clock: time_machine.Traveller,
) -> None:
    platform_post = scheduled(account, NOON)
    network.troubles.append(trouble)
    with pytest.raises(WorkerKilled):
        publish_platform_post(platform_post.pk)
    clock.shift(LEASE + timedelta(seconds=1))
    assert reap_abandoned_posts() == 1
    platform_post.refresh_from_db()
    assert platform_post.status == Status.UNKNOWN
    assert run_until_settled(platform_post, clock) == Status.PUBLISHED
    assert network.stored == 1


def test_a_lost_answer_is_looked_up_not_sent_again(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    platform_post = scheduled(account, NOON)
    network.troubles.append(accepts_and_falls_silent)
    assert publish_platform_post(platform_post.pk) == Status.UNKNOWN
    assert run_until_settled(platform_post, clock) == Status.PUBLISHED
    assert network.calls == ["publish", "find"]
    assert network.stored == 1


def test_while_nobody_can_look_nothing_is_sent(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    platform_post = scheduled(account, NOON)
    network.troubles.append(accepts_and_falls_silent)
    network.look_troubles += [ProviderError("Down.", failure=Failure.TEMPORARY)] * 3
    publish_platform_post(platform_post.pk)
    clock.shift(timedelta(minutes=5))
    assert publish_platform_post(platform_post.pk) == Status.UNKNOWN
    assert network.calls == ["publish", "find"]
    assert run_until_settled(platform_post, clock) == Status.PUBLISHED
    assert network.stored == 1


def test_a_busy_network_is_asked_again_not_before_it_said(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    platform_post = scheduled(account, NOON)
    network.troubles.append(refuses(Failure.TEMPORARY, retry_after=600))
    assert publish_platform_post(platform_post.pk) == Status.RETRYING
    platform_post.refresh_from_db()
    assert platform_post.next_attempt_at >= NOON + timedelta(seconds=600)
    clock.shift(timedelta(seconds=599))
    assert publish_platform_post(platform_post.pk) is None
    clock.shift(timedelta(seconds=1))
    assert publish_platform_post(platform_post.pk) == Status.PUBLISHED
    assert network.stored == 1


def test_a_refused_text_asks_a_person_and_is_not_tried_again(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    platform_post = scheduled(account, NOON)
    network.troubles.append(refuses(Failure.PERMANENT))
    assert publish_platform_post(platform_post.pk) == Status.FAILED
    platform_post.refresh_from_db()
    assert platform_post.message == "The network said no."
    clock.shift(timedelta(hours=1))
    assert publish_platform_post(platform_post.pk) is None


def test_a_refused_sign_in_pauses_the_account_and_keeps_its_posts(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    first, second = scheduled(account, NOON), scheduled(account, NOON)
    network.troubles.append(refuses(Failure.ACCOUNT))
    assert publish_platform_post(first.pk) == Status.SCHEDULED
    account.refresh_from_db()
    assert not account.is_active
    assert publish_platform_post(second.pk) == Status.SCHEDULED
    second.refresh_from_db()
    assert second.message
    assert network.calls == ["publish"]


def test_far_past_its_time_a_person_decides(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    platform_post = scheduled(account, NOON)
    clock.shift(timedelta(days=1))
    assert publish_platform_post(platform_post.pk) == Status.LATE
    assert network.calls == []


def test_late_but_perhaps_out_is_looked_up_first(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    platform_post = scheduled(account, NOON)
    network.troubles.append(accepts_and_falls_silent)
    publish_platform_post(platform_post.pk)
    clock.shift(timedelta(days=1))
    assert publish_platform_post(platform_post.pk) == Status.PUBLISHED
    assert network.stored == 1


def test_a_post_waits_for_its_page_and_says_why(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    story = StoryPageFactory()
    platform_post = scheduled(account, NOON, page=story)
    story.unpublish()
    assert publish_platform_post(platform_post.pk) == Status.SCHEDULED
    platform_post.refresh_from_db()
    assert platform_post.message
    assert network.calls == []
    story.save_revision().publish()
    assert run_until_settled(platform_post, clock) == Status.PUBLISHED


def test_a_deleted_page_cancels_its_posts(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    story = StoryPageFactory()
    platform_post = scheduled(account, NOON, page=story)
    story.delete()
    platform_post.refresh_from_db()
    assert platform_post.status == Status.CANCELLED
    assert publish_platform_post(platform_post.pk) is None


def test_every_call_is_written_down_before_it_is_made(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    platform_post = scheduled(account, NOON)
    seen: list[str] = []

    def look_at_the_log(store: Store) -> None:
        seen.extend(PublishAttempt.objects.values_list("outcome", flat=True))
        store()

    network.troubles.append(look_at_the_log)
    publish_platform_post(platform_post.pk)
    assert seen == [PublishAttempt.Outcome.OPEN]


def test_an_edit_changes_what_was_not_sent_yet(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    post = approved_post(account, due_at=NOON + timedelta(hours=1), text="Eerst dit")
    post.text = "Toch dit"
    post.save_revision().publish()
    clock.shift(timedelta(hours=1))
    publish_platform_post(PlatformPost.objects.get(post=post).pk)
    assert [sent.text for sent in network.posts.values()] == ["Toch dit"]


def test_an_edit_after_publishing_sends_nothing_again(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    post = approved_post(account, due_at=NOON)
    platform_post = PlatformPost.objects.get(post=post)
    publish_platform_post(platform_post.pk)
    post.text = "Een tikfout minder"
    post.save_revision().publish()
    assert run_until_settled(platform_post, clock) == Status.PUBLISHED
    assert network.stored == 1


def test_a_draft_is_never_sent(
    account: SocialAccount, network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    post = approved_post(account, due_at=NOON + timedelta(hours=1))
    post.unpublish()
    platform_post = PlatformPost.objects.get(post=post)
    assert platform_post.status == Status.CANCELLED
    clock.shift(timedelta(hours=2))
    assert publish_platform_post(platform_post.pk) is None
    assert timezone.now() == NOON + timedelta(hours=2)
