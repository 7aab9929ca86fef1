"""Whatever workers, networks, clocks and people do, in whatever order: nothing doubled, nothing lost, nothing stuck.

Hypothesis plays the worker, the network, the clock and the person. The network in memory does not
recognise a resend, so every blind one would show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from campaigns.actions import (
    cancel_platform_post,
    plan_again,
    publish_platform_post,
    reap_abandoned_posts,
    remove_platform_post,
    request_removal,
    resume_account,
)
from campaigns.actions.claiming import LEASE
from campaigns.models import PlatformPost, Post, SocialAccount
from campaigns.providers.base import Failure, ProviderError
from campaigns.states import Status
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    MemoryProvider,
    SocialAccountFactory,
    scheduled,
)

Store = Callable[[], None]

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
NOT_OUT = {Status.DRAFT, Status.SCHEDULED, Status.RETRYING, Status.FAILED, Status.CANCELLED, Status.LATE}
ENDS = {Status.PUBLISHED, Status.FAILED, Status.CANCELLED, Status.LATE, Status.REMOVED}


class WorkerKilled(BaseException):
    """Stands for a kill: nothing after it runs."""


def works(store: Store) -> None:
    store()


def falls_silent_before(store: Store) -> None:
    raise ProviderError("No answer came.", failure=Failure.UNKNOWN)


def falls_silent_after(store: Store) -> None:
    store()
    raise ProviderError("No answer came.", failure=Failure.UNKNOWN)


def breaks_after(store: Store) -> None:
    store()
    raise RuntimeError("something nobody thought of")


def dies_before(store: Store) -> None:
    raise WorkerKilled


def dies_after(store: Store) -> None:
    store()
    raise WorkerKilled


def refuses(failure: Failure) -> Callable[[Store], None]:
    def refusal(store: Store) -> None:
        raise ProviderError("No.", failure=failure, retry_after=90 if failure is Failure.TEMPORARY else None)

    return refusal


TROUBLES = [
    works,
    falls_silent_before,
    falls_silent_after,
    breaks_after,
    dies_before,
    dies_after,
    refuses(Failure.TEMPORARY),
    refuses(Failure.PERMANENT),
    refuses(Failure.ACCOUNT),
]
troubles = st.sampled_from(TROUBLES)
look_troubles = st.sampled_from([None, None, Failure.TEMPORARY, Failure.ACCOUNT, Failure.UNKNOWN])
minutes = st.integers(0, 90).map(lambda number: timedelta(minutes=number))


class Publishing(RuleBasedStateMachine):
    account: SocialAccount
    rows: list[PlatformPost]

    @initialize()
    def start(self) -> None:
        self.example = transaction.atomic()
        self.example.__enter__()
        self.traveller = time_machine.travel(NOON, tick=False)
        self.clock = self.traveller.start()
        MemoryProvider.network = MemoryNetwork()
        self.account = SocialAccountFactory()
        self.campaign = CampaignFactory()
        self.rows = []
        self.arrived: Counter[int] = Counter()  # how many parts reached the network, by row
        self.plan(timedelta(minutes=5))

    def teardown(self) -> None:
        if hasattr(self, "traveller"):
            try:
                self.bring_everything_to_an_end()
            finally:
                self.traveller.stop()
                transaction.set_rollback(True)  # the next example starts from the same database
                self.example.__exit__(None, None, None)

    # --- the person -----------------------------------------------------------------------------------

    @precondition(lambda self: len(self.rows) < 5)
    @rule(ahead=minutes, parts=st.integers(0, 2))
    def plan(self, ahead: timedelta, parts: int = 0) -> None:
        """A message, which may go on as a thread."""
        thread = [("text", f"En verder, {number}.") for number in range(parts)]
        self.rows.append(
            scheduled(self.account, timezone.now() + ahead, campaign=self.campaign, followups=thread)
        )

    @rule(data=st.data(), ahead=minutes)
    def choose_a_new_time(self, data: st.DataObject, ahead: timedelta) -> None:
        plan_again(self.some_row(data), timezone.now() + ahead)

    @rule(data=st.data(), decision=st.sampled_from(["cancel", "take back", "take down", "edit"]))
    def decide(self, data: st.DataObject, decision: str) -> None:
        row = self.some_row(data)
        post = Post.objects.get(pk=row.post_id)
        match decision:
            case "cancel":
                cancel_platform_post(row, "Not today.")
            case "take back":
                post.unpublish()
            case "take down":
                request_removal(row)
                remove_platform_post(row.pk)
            case "edit":
                post.text, post.planned_at = f"{post.text}!", timezone.now() + timedelta(minutes=1)
                post.save_revision().publish()

    @rule()
    def sign_in_again(self) -> None:
        resume_account(SocialAccount.objects.get(pk=self.account.pk))

    # --- the clock, the worker, the network -------------------------------------------------------------

    @rule(length=st.one_of(minutes, st.just(LEASE + timedelta(seconds=1)), st.just(timedelta(hours=5))))
    def time_goes_by(self, length: timedelta) -> None:
        self.clock.shift(length)

    @rule()
    def somebody_sweeps(self) -> None:
        reap_abandoned_posts()

    def one_worker(self, data: st.DataObject, trouble: Callable[[Store], None], look: Failure | None) -> None:
        network = MemoryProvider.network
        network.troubles[:] = [trouble]
        network.look_troubles[:] = [ProviderError("No.", failure=look)] if look else []
        self.work_on(self.some_row_to_work_on(data))
        network.troubles.clear()
        network.look_troubles.clear()

    @rule(data=st.data(), trouble=troubles, look=look_troubles)
    def a_worker_comes_by(
        self, data: st.DataObject, trouble: Callable[[Store], None], look: Failure | None
    ) -> None:
        self.one_worker(data, trouble, look)

    @rule(data=st.data(), trouble=troubles, look=look_troubles)
    def another_worker_comes_by(
        self, data: st.DataObject, trouble: Callable[[Store], None], look: Failure | None
    ) -> None:
        self.one_worker(data, trouble, look)

    def work_on(self, row: PlatformPost) -> None:
        before = MemoryProvider.network.stored
        try:
            publish_platform_post(row.pk)
        except WorkerKilled:
            pass
        finally:
            self.arrived[row.pk] += MemoryProvider.network.stored - before

    def some_row_to_work_on(self, data: st.DataObject) -> PlatformPost:
        """One that is not at an end, with its moment come: workers with nothing to do show nothing."""
        rows = [row for row in self.known_rows() if row.status not in ENDS]
        if not rows:
            self.rows.append(scheduled(self.account, timezone.now(), campaign=self.campaign))
            rows = self.known_rows()[-1:]
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        if row.status == Status.PUBLISHING:
            self.clock.shift(LEASE + timedelta(seconds=1))
            reap_abandoned_posts()
        elif timedelta(0) < row.next_attempt_at - timezone.now() < timedelta(hours=2):
            self.clock.move_to(row.next_attempt_at)
        return row

    def known_rows(self) -> list[PlatformPost]:
        return list(PlatformPost.objects.filter(pk__in=[row.pk for row in self.rows]).order_by("pk"))

    def some_row(self, data: st.DataObject) -> PlatformPost:
        number = data.draw(st.integers(0, len(self.rows) - 1))
        return PlatformPost.objects.select_related("account").get(pk=self.rows[number].pk)

    # --- what must hold after every step -----------------------------------------------------------------

    @invariant()
    def nothing_is_doubled(self) -> None:
        if hasattr(self, "arrived"):
            assert all(number <= 1 for number in MemoryProvider.network.arrived.values())
            parts = {row.pk: 1 + len(row.followups) for row in self.known_rows()}
            assert all(number <= parts[row] for row, number in self.arrived.items())

    @invariant()
    def the_state_tells_the_truth(self) -> None:
        if not hasattr(self, "rows"):
            return
        for row in self.known_rows():
            if row.status in NOT_OUT:
                assert self.arrived[row.pk] == 0, f"{row.status}, and yet it is on the network"
            if row.status in (Status.PUBLISHED, Status.REMOVED):
                known = 1 + len(row.followup_ids)
                assert self.arrived[row.pk] == known, f"{row.status}, and yet not all of it arrived"

    def bring_everything_to_an_end(self) -> None:
        """With a network that works, a signed-in account and time going on, every message comes to an end."""
        resume_account(SocialAccount.objects.get(pk=self.account.pk))
        for __ in range(60):
            reap_abandoned_posts()
            unfinished = [row for row in self.known_rows() if row.status not in ENDS]
            if not unfinished:
                break
            self.clock.shift(timedelta(minutes=4))
            for row in unfinished:
                self.work_on(row)
        else:
            raise AssertionError(f"stuck: {[(row.status, row.message) for row in unfinished]}")
        self.nothing_is_doubled()
        self.the_state_tells_the_truth()


@pytest.mark.django_db
def test_nothing_is_doubled_lost_or_stuck_whatever_happens(network: MemoryNetwork) -> None:
    run_state_machine_as_test(
        Publishing,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            phases=[Phase.explicit, Phase.generate],  # twenty steps are read sooner than they are shortened
            suppress_health_check=list(HealthCheck),
        ),
    )
