"""Very many messages on an instant network, sent by real workers: planned here, and counted at the network.

What the rows say is not asked: a message is doubled, lost or out of order when readers would see it so.
"""

from __future__ import annotations

import math
import re
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from campaigns.models import Campaign, SocialAccount
from tests.factories.many_posts import make_many_posts
from tests.fakes.mastodon import FakeMastodon
from tests.fakes.server import FakeServer

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"Nummer (\d+)\.")
READY = b"ready"
PATIENCE = 180.0  # seconds for a process to start: other programs share the machine


@dataclass(frozen=True, slots=True)
class Verdict:
    """What arrived. ``lateness``: seconds after its time, of each message, in the order they arrived."""

    planned: int
    doubled: int
    lost: int
    out_of_order: int
    lateness: tuple[float, ...]

    @property
    def seconds(self) -> float:
        return max(self.lateness, default=math.inf)

    @property
    def per_second(self) -> float:
        return self.planned / self.seconds

    @property
    def is_right(self) -> bool:
        return not (self.doubled or self.lost or self.out_of_order)

    def percentile(self, part: float) -> float:
        """How late the message is that ``part`` (0 to 1) of all were not later than."""
        ordered = sorted(self.lateness)
        return ordered[min(len(ordered) - 1, math.ceil(part * len(ordered)) - 1)] if ordered else math.inf


class Rush:
    """Messages planned on ``accounts`` accounts of one instant network, and what became of them."""

    def __init__(self, server: FakeServer, accounts: int) -> None:
        network = server.networks["mastodon"]
        assert isinstance(network, FakeMastodon)
        self.network = network
        server.keeps_requests = False
        self.accounts = SocialAccount.objects.bulk_create(
            SocialAccount(
                provider="mastodon",
                name=f"rush {number} at {server.address}",  # several in one database
                language="nl",
                credentials={"server": server.address, "access_token": network.token},
            )
            for number in range(accounts)
        )
        self.times: list[datetime] = []

    def plan(self, number: int, first: datetime, apart: timedelta = timedelta(0)) -> None:
        """``number`` messages, on the accounts in turn."""
        campaign = Campaign.objects.create(name=self.accounts[0].name, slug=f"rush-{self.accounts[0].pk}")
        make_many_posts(number, self.accounts, campaign, first, apart)
        self.times = [first + apart * count for count in range(number)]

    def arrived(self) -> int:
        return len(self.network.accepted)

    def verdict(self) -> Verdict:
        seen: Counter[int] = Counter()
        by_account: dict[int, list[int]] = defaultdict(list)
        lateness = []
        for post in list(self.network.accepted):
            match = NUMBER.search(post.text)
            assert match, post.text
            number = int(match[1])
            seen[number] += 1
            by_account[number % len(self.accounts)].append(number)
            lateness.append((post.created_at - self.times[number]).total_seconds())
        return Verdict(
            planned=len(self.times),
            doubled=sum(times - 1 for times in seen.values()),
            lost=len(self.times) - len(seen),
            out_of_order=sum(_out_of_order(numbers) for numbers in by_account.values()),
            lateness=tuple(lateness),
        )


def _out_of_order(numbers: Sequence[int]) -> int:
    """How many came after one that was planned later."""
    newest, found = -1, 0
    for number in numbers:
        found += number < newest
        newest = max(newest, number)
    return found


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether ``condition`` held within ``seconds``."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@contextmanager
def processes(
    commands: Sequence[Sequence[str]], environment: dict[str, str], ready: bytes = READY
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """``manage.py`` with each of these arguments, all of them ready when the block begins and ended after it.

    Each says so with a line that holds ``ready``.
    """
    started = [
        subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for command in commands
    ]
    listeners = [_Listener(process, ready) for process in started]
    try:
        for listener in listeners:
            if not listener.is_ready.wait(PATIENCE):
                raise RuntimeError(f"{listener.process.args!r} did not start: {listener.said()}")
        yield started
        for listener in listeners:
            if listener.process.poll() is not None:
                raise RuntimeError(f"{listener.process.args!r} ended by itself: {listener.said()}")
    finally:
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(PATIENCE / 3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class _Listener(threading.Thread):
    """Reads what a process says, so that it never waits for a reader."""

    def __init__(self, process: subprocess.Popen[bytes], ready: bytes) -> None:
        super().__init__(daemon=True)
        self.process, self.ready = process, ready
        self.is_ready = threading.Event()
        self.lines: list[bytes] = []
        self.start()

    def run(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines = [*self.lines[-50:], line]
            if self.ready in line:
                self.is_ready.set()

    def said(self) -> str:
        return b"".join(self.lines).decode(errors="replace")
