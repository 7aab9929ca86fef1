"""How punctual posts are, and how many go out a second when very many are due at one moment.

Worker processes as they run on a server, and an instant network on this machine that is asked what arrived.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from benchmarks.figures import Figure, at_least, below, exactly

POSTS = int(os.environ.get("POSTS", "10000"))
SECONDS = int(os.environ.get("PUNCTUAL_SECONDS", "60"))
WORKERS = 4
ACCOUNTS = 42  # fourteen municipalities in three languages
P99_BELOW_SECONDS, POSTS_A_SECOND = 2.0, 150
HEAD_START = timedelta(seconds=2)


@contextmanager
def workers(number: int) -> Iterator[None]:
    from tests.scale.rush import processes

    with processes([("manage.py", "worker")] * number, dict(os.environ)):
        yield


def measure_punctuality() -> Iterator[Figure]:
    from django.utils import timezone

    from tests.fakes.mastodon import FakeMastodon
    from tests.fakes.server import FakeServer
    from tests.scale.rush import Rush, wait_for

    server = FakeServer(FakeMastodon())
    with server.running(), workers(1):
        rush = Rush(server, 3)
        rush.plan(SECONDS, timezone.now() + HEAD_START, timedelta(seconds=1))
        wait_for(lambda: rush.arrived() >= SECONDS, SECONDS + 60)
    verdict = rush.verdict()
    name = f"one post a second for {SECONDS} s"
    yield below(f"{name}: half are later than", verdict.percentile(0.5), P99_BELOW_SECONDS, "s", 2)
    yield below(f"{name}: 99 of 100 are not later than", verdict.percentile(0.99), P99_BELOW_SECONDS, "s", 2)
    yield exactly(f"{name}: doubled or lost", verdict.doubled + verdict.lost, 0)


def measure_rush() -> Iterator[Figure]:
    from django.utils import timezone

    from tests.fakes.mastodon import FakeMastodon
    from tests.fakes.server import FakeServer
    from tests.scale.rush import Rush, wait_for

    server = FakeServer(FakeMastodon())
    with server.running(), workers(WORKERS):
        rush = Rush(server, ACCOUNTS)
        rush.plan(POSTS, timezone.now() + timedelta(seconds=2 + POSTS / 1000))
        wait_for(lambda: rush.arrived() >= POSTS, 30 + POSTS / 20)
    verdict = rush.verdict()
    name = f"{POSTS:,} posts due at once, {WORKERS} workers, {ACCOUNTS} accounts"
    yield at_least(name, verdict.per_second, POSTS_A_SECOND, "a second")
    yield exactly("the same: doubled", verdict.doubled, 0)
    yield exactly("the same: lost", verdict.lost, 0)
    yield exactly("the same: out of order on their account", verdict.out_of_order, 0)
