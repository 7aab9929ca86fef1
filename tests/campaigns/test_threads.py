"""A post that goes on as a thread is sent once, part by part, and taken down as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from campaigns.actions import (
    cancel_platform_post,
    publish_platform_post,
    reap_abandoned_posts,
    remove_platform_post,
    request_removal,
    resume_account,
)
from campaigns.actions.claiming import LEASE
from campaigns.actions.erasing import erase_post
from campaigns.models import Pause, PlatformPost, Post, PostTarget, SocialAccount
from campaigns.models.followups import texts_in
from campaigns.providers.base import Failure
from campaigns.states import Status
from tests.campaigns.test_publishing import (
    NOON,
    Store,
    WorkerKilled,
    accepts_and_falls_silent,
    dies_after,
    dies_before,
    refuses,
    run_until_settled,
)
from tests.factories.campaigns import (
    MemoryNetwork,
    SocialAccountFactory,
    scheduled,
)
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db

FIRST = "Iedere ochtend fietst Marijke over de grens."
SECOND, THIRD = "Ze vertelt waarom.", "En wat haar hielp."


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def thread(*texts: str) -> list[tuple[str, str]]:
    return [("text", text) for text in texts]


@pytest.fixture
def row(account: SocialAccount, clock: time_machine.Traveller) -> PlatformPost:
    return scheduled(account, NOON, text=FIRST, followups=thread(SECOND, THIRD))


def works(store: Store) -> None:
    store()


def stands(network: MemoryNetwork) -> list[str]:
    return [part.text for part in network.posts.values()]


def is_out_once(network: MemoryNetwork, row: PlatformPost) -> bool:
    row.refresh_from_db()
    first, second, third = network.posts
    assert stands(network) == [FIRST, SECOND, THIRD]
    assert network.answers == {second: first, third: second}
    assert set(network.arrived.values()) == {1}
    return (row.remote_id, row.followup_ids) == (first, [second, third])


# --- sending ------------------------------------------------------------------------------------------------


def test_the_parts_go_out_in_their_order(network: MemoryNetwork, row: PlatformPost) -> None:
    assert publish_platform_post(row.pk) == Status.PUBLISHED
    assert is_out_once(network, row)


@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("dies", [dies_before, dies_after], ids=["before the call", "before the answer"])
def test_a_worker_killed_between_the_parts_is_followed_by_one_that_goes_on(
    part: int,
    dies: Callable[[Store], None],
    network: MemoryNetwork,
    row: PlatformPost,
    clock: time_machine.Traveller,
) -> None:
    network.troubles += [*[works] * part, dies]
    with pytest.raises(WorkerKilled):
        publish_platform_post(row.pk)
    clock.shift(LEASE + timedelta(seconds=1))
    assert reap_abandoned_posts() == 1
    assert run_until_settled(row, clock) == Status.PUBLISHED
    assert is_out_once(network, row)


@pytest.mark.parametrize("failure", [Failure.TEMPORARY, Failure.ACCOUNT])
def test_once_its_first_part_is_out_nobody_can_change_or_cancel_it_and_it_is_finished(
    failure: Failure, network: MemoryNetwork, row: PlatformPost, clock: time_machine.Traveller
) -> None:
    network.troubles += [works, refuses(failure)]
    assert publish_platform_post(row.pk) == Status.UNKNOWN
    assert not cancel_platform_post(row, "Toch niet.")
    post = Post.objects.get(pk=row.post_id)
    post.text = "Heel anders"
    post.save_revision().publish()
    resume_account(SocialAccount.objects.get(pk=row.account_id))

    clock.shift(timedelta(days=1))  # longer than any message of one part may be late
    assert run_until_settled(row, clock) == Status.PUBLISHED
    assert is_out_once(network, row)


def test_what_the_network_refuses_of_the_rest_is_told_and_what_is_out_stays_known(
    network: MemoryNetwork, row: PlatformPost
) -> None:
    network.troubles += [works, works, refuses(Failure.PERMANENT)]
    assert publish_platform_post(row.pk) == Status.PUBLISHED
    row.refresh_from_db()
    assert len(row.followup_ids) == 1
    assert (
        row.message
        == "Alleen 2 van 3 delen staan online. Haal het bericht weg, of schrijf de rest daar zelf."
    )
    request_removal(row)
    assert remove_platform_post(row.pk)
    assert stands(network) == []


def test_a_worker_whose_lease_ran_out_sends_no_further_part(
    network: MemoryNetwork, row: PlatformPost, clock: time_machine.Traveller
) -> None:
    """It was so slow with the first part that another worker took the message over and finished it."""

    def slow(store: Store) -> None:
        store()
        clock.shift(LEASE + timedelta(seconds=1))
        reap_abandoned_posts()
        network.troubles.clear()
        assert publish_platform_post(row.pk) == Status.PUBLISHED

    network.troubles += [slow]
    publish_platform_post(row.pk)
    assert is_out_once(network, row)
    assert row.status == Status.PUBLISHED


def test_each_part_has_a_whole_lease(
    network: MemoryNetwork, row: PlatformPost, clock: time_machine.Traveller
) -> None:
    def slow(store: Store) -> None:
        store()
        clock.shift(LEASE - timedelta(seconds=5))
        assert reap_abandoned_posts() == 0

    network.troubles += [slow, slow, slow]
    assert publish_platform_post(row.pk) == Status.PUBLISHED
    assert is_out_once(network, row)


def test_a_rest_that_is_refused_for_days_is_given_up_and_told(
    network: MemoryNetwork, row: PlatformPost, clock: time_machine.Traveller
) -> None:
    network.troubles += [works, *[refuses(Failure.TEMPORARY)] * 50]
    assert publish_platform_post(row.pk) == Status.UNKNOWN
    clock.shift(timedelta(days=2))
    assert publish_platform_post(row.pk) == Status.UNKNOWN
    clock.shift(timedelta(days=1, hours=1))
    assert publish_platform_post(row.pk) == Status.PUBLISHED
    row.refresh_from_db()
    assert stands(network) == [FIRST]
    assert row.message.startswith("Alleen 1 van 3 delen")


def test_in_a_pause_the_rest_waits_and_goes_out_after_it(
    network: MemoryNetwork, row: PlatformPost, clock: time_machine.Traveller
) -> None:
    network.troubles += [works, accepts_and_falls_silent]
    publish_platform_post(row.pk)
    pause = Pause.objects.create(campaign=row.post.campaign, started_at=NOON)
    clock.shift(timedelta(minutes=2))
    assert publish_platform_post(row.pk) == Status.UNKNOWN
    assert stands(network) == [FIRST, SECOND]
    pause.ended_at = NOON
    pause.save()
    assert run_until_settled(row, clock) == Status.PUBLISHED
    assert is_out_once(network, row)


def test_a_story_withdrawn_between_the_parts_ends_the_thread_and_takes_down_what_is_out(
    network: MemoryNetwork, account: SocialAccount, clock: time_machine.Traveller
) -> None:
    row = scheduled(account, NOON, text=FIRST, followups=thread(SECOND), page=StoryPageFactory())
    network.troubles += [works, refuses(Failure.TEMPORARY)]
    publish_platform_post(row.pk)
    Post.objects.filter(pk=row.post_id).update(withdrawal="00000000-0000-4000-8000-000000000001")
    clock.shift(timedelta(minutes=2))

    assert publish_platform_post(row.pk) == Status.PUBLISHED
    row.refresh_from_db()
    request_removal(row)
    assert remove_platform_post(row.pk)
    assert stands(network) == []
    assert network.stored == 1


# --- taking down --------------------------------------------------------------------------------------------


def test_taking_down_begins_with_the_last_part_and_goes_on_where_it_stopped(
    network: MemoryNetwork, row: PlatformPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_platform_post(row.pk)
    order: list[str] = []
    busy = [False, True]  # the second call finds the network busy

    def delete(self: Any, remote_id: str) -> None:
        if busy and busy.pop(0):
            refuses(Failure.TEMPORARY)(lambda: None)
        order.append(remote_id)

    monkeypatch.setattr("tests.factories.campaigns.MemoryProvider.delete", delete)
    row.refresh_from_db()
    request_removal(row)
    assert not remove_platform_post(row.pk)
    PlatformPost.objects.update(next_attempt_at=NOON)
    assert remove_platform_post(row.pk)
    assert order == [row.followup_ids[1], *reversed(row.followup_ids), row.remote_id]


def test_an_erased_post_keeps_none_of_its_parts(row: PlatformPost) -> None:
    PostTarget.objects.update(followups=thread("Ook hier"))
    post = Post.objects.get(pk=row.post_id)
    erase_post(post)
    post = Post.objects.get(pk=row.post_id)
    row.refresh_from_db()
    assert texts_in(post.followups) == []
    assert texts_in(post.targets.get().followups) == []
    assert row.followups == []
