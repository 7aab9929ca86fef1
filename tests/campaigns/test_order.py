"""Messages of one account go out one at a time, in the order they are planned, and none waits for another account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from campaigns import tasks
from campaigns.actions import publish_in_turn, reap_abandoned_posts
from campaigns.models import PlatformPost, SocialAccount
from campaigns.models.platform_posts import FIRST_TRIES
from campaigns.providers.base import Failure, ProviderError
from campaigns.states import Status
from campaigns.ticking import tick
from tests.factories.campaigns import CampaignFactory, MemoryNetwork, SocialAccountFactory
from tests.factories.many_posts import make_many_posts

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
ONE_MESSAGE = timedelta(0)
Store = Callable[[], None]


class WorkerKilled(BaseException):
    """Stands for a kill: nothing after it runs."""


def refuses(failure: Failure, retry_after: float | None = None) -> Callable[[Store], None]:
    def trouble(store: Store) -> None:
        raise ProviderError("Not now.", failure=failure, retry_after=retry_after)

    return trouble


def falls_silent_after(store: Store) -> None:
    store()
    raise ProviderError("No answer came.", failure=Failure.UNKNOWN)


def dies_before(store: Store) -> None:
    raise WorkerKilled


def dies_after(store: Store) -> None:
    store()
    raise WorkerKilled


def works(store: Store) -> None:
    store()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def planned(number: int, *accounts: SocialAccount) -> list[PlatformPost]:
    return make_many_posts(number, accounts, CampaignFactory(), NOON, timedelta(0))


def arrived(network: MemoryNetwork, account: SocialAccount) -> list[int]:
    """The rows of an account in the order in which their messages reached the network."""
    rows = dict(PlatformPost.objects.filter(account=account).values_list("idempotency_key", "pk"))
    return [rows[key] for key in network.posts if key in rows]


def in_planned_order(account: SocialAccount) -> list[int]:
    return list(
        PlatformPost.objects.filter(account=account).order_by("due_at", "pk").values_list("pk", flat=True)
    )


def test_one_turn_sends_what_is_due_in_planned_order(
    network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    account = SocialAccountFactory()
    rows = planned(4, account)
    rows[3].due_at = rows[3].next_attempt_at = NOON - timedelta(minutes=1)  # made last, planned first
    rows[3].save()

    assert publish_in_turn(account.pk) is False
    assert arrived(network, account) == [rows[3].pk, rows[0].pk, rows[1].pk, rows[2].pk]


def test_a_turn_ends_after_a_while_and_says_that_there_is_more(
    network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    account = SocialAccountFactory()
    planned(2, account)
    assert publish_in_turn(account.pk, ONE_MESSAGE) is True
    assert network.stored == 1


def test_two_messages_of_one_account_are_never_on_their_way_together(
    network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    account, other = SocialAccountFactory(), SocialAccountFactory()
    planned(4, account, other)

    def while_another_worker_comes_by(store: Store) -> None:
        publish_in_turn(account.pk)
        assert arrived(network, account) == []
        publish_in_turn(other.pk)  # and no account waits for a slow one
        assert arrived(network, other) == in_planned_order(other)
        store()

    network.troubles.append(while_another_worker_comes_by)
    publish_in_turn(account.pk)
    assert arrived(network, account) == in_planned_order(account)


def test_the_database_itself_refuses_two_on_their_way(network: MemoryNetwork) -> None:
    """Two workers may look at the same moment and both see that nothing is on its way."""
    rows = planned(2, SocialAccountFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        PlatformPost.objects.filter(pk__in=[row.pk for row in rows]).update(
            status=Status.PUBLISHING, lease_until=timezone.now()
        )


def test_the_later_ones_wait_while_one_is_tried_again(
    network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    account = SocialAccountFactory()
    planned(3, account)
    network.troubles.append(refuses(Failure.TEMPORARY))
    publish_in_turn(account.pk)
    assert network.stored == 0
    clock.shift(timedelta(minutes=1))
    publish_in_turn(account.pk)
    assert arrived(network, account) == in_planned_order(account)


@pytest.mark.parametrize(
    "troubles",
    [
        [refuses(Failure.TEMPORARY)] * (FIRST_TRIES + 1),
        [refuses(Failure.TEMPORARY, retry_after=1800)],
        [refuses(Failure.PERMANENT)],
        [refuses(Failure.PERSON)],
    ],
    ids=["tried often enough", "the network wants a long pause", "refused for good", "a person does it"],
)
def test_but_not_for_ever(
    troubles: list[Callable[[Store], None]], network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    account = SocialAccountFactory()
    first, *later = planned(3, account)
    network.troubles.extend(troubles)
    for __ in range(FIRST_TRIES + 2):
        publish_in_turn(account.pk)
        clock.shift(timedelta(minutes=3))
    assert arrived(network, account)[:2] == [row.pk for row in later]
    first.refresh_from_db()
    assert first.status != Status.PUBLISHED


def test_an_account_leaves_the_time_it_was_told_to_between_two_posts(
    network: MemoryNetwork, clock: time_machine.Traveller
) -> None:
    account = SocialAccountFactory(minutes_apart=10)
    planned(3, account)
    times = []
    for __ in range(25):
        publish_in_turn(account.pk)
        times.append(network.stored)
        clock.shift(timedelta(minutes=1))
    assert [times.index(number) for number in (1, 2, 3)] == [0, 10, 20]
    assert arrived(network, account) == in_planned_order(account)


def test_the_heartbeat_calls_a_worker_once_for_each_account(
    network: MemoryNetwork, clock: time_machine.Traveller, queued: list[tuple[int, ...]]
) -> None:
    accounts = [SocialAccountFactory(), SocialAccountFactory()]
    planned(6, *accounts)
    queued.clear()
    tick()
    tick()
    assert sorted(queued) == [(account.pk,) for account in accounts]


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The accounts for which a worker was called, each time it was."""
    found: list[tuple[int, ...]] = []
    backend = type(tasks.publish_account.get_backend())
    monkeypatch.setattr(backend, "enqueue", lambda self, task, args, kwargs: found.append(args))
    return found


LITTLE_TROUBLES = [
    works,
    refuses(Failure.TEMPORARY),
    refuses(Failure.UNKNOWN),
    falls_silent_after,
    dies_before,
    dies_after,
]


def work_on_the_next(account: SocialAccount, data: st.DataObject, network: MemoryNetwork) -> None:
    first = PlatformPost.objects.in_line(timezone.now(), account.pk).first()
    mishap_allowed = first is not None and first.attempts_made < FIRST_TRIES
    network.troubles[:] = [data.draw(st.sampled_from(LITTLE_TROUBLES))] if mishap_allowed else []
    with suppress(WorkerKilled):
        publish_in_turn(account.pk, ONE_MESSAGE)


@override_settings(CAMPAIGNS_LATE_AFTER_MINUTES=100_000)  # the days go by quickly here
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data(), minutes=st.lists(st.integers(0, 3), min_size=2, max_size=6))
def test_whatever_goes_wrong_at_first_the_order_stays(
    data: st.DataObject, minutes: list[int], network: MemoryNetwork
) -> None:
    """As many mishaps as a message may have without losing its place, in any order, on two accounts."""
    network.posts.clear()
    network.stored = 0
    with transaction.atomic(), time_machine.travel(NOON, tick=False) as clock:
        accounts = [SocialAccountFactory(), SocialAccountFactory()]
        rows = planned(len(minutes), *accounts)
        for row, minute in zip(rows, minutes, strict=True):
            row.due_at = row.next_attempt_at = NOON + timedelta(minutes=minute)
            row.save()
        for __ in range(200):
            for account in accounts:
                work_on_the_next(account, data, network)
            reap_abandoned_posts()
            if not PlatformPost.objects.exclude(status=Status.PUBLISHED).exists():
                break
            clock.shift(timedelta(seconds=data.draw(st.sampled_from([20, 60, 200]))))
        assert network.stored == len(rows), "doubled or lost"
        for account in accounts:
            assert arrived(network, account) == in_planned_order(account)
        transaction.set_rollback(True)


def test_a_message_more_costs_a_few_questions_to_the_database(
    network: MemoryNetwork, django_assert_max_num_queries: Any
) -> None:
    """Ten thousand are due at once one day: claim, read, gates, pause, attempt, end, row, and two transactions."""
    account = SocialAccountFactory()
    make_many_posts(5, [account], CampaignFactory(), timezone.now(), ONE_MESSAGE)

    with django_assert_max_num_queries(1 + 5 * 11 + 3):  # the turn begins, and finds nothing at its end
        publish_in_turn(account.pk)

    assert network.stored == 5
