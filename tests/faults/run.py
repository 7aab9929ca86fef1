"""Real workers against networks that misbehave: what is planned goes out once, whatever happens.

Worker processes are killed (``kill -9``), the networks hang, drop answers and talk nonsense at every step, and the
database is restarted. At the end every message has to stand on its network exactly once.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fakes.server import FakeServer
from tests.faults.databases import Database
from tests.faults.plan import Plan

ROOT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 45  # longer than a call that hangs (20 s), shorter than people's patience with this run


@dataclass(frozen=True)
class Size:
    posts: int
    workers: int
    threads: int
    minutes: float
    share: float = 0.15
    hangs: int = 6
    kill_every: float = 20.0
    restart_every: float = 60.0
    lease_seconds: int = LEASE_SECONDS
    accounts: int = 2  # of each network


@dataclass
class Outcome:
    posts: int = 0
    doubled: int = 0
    lost: int = 0
    stuck: int = 0
    removed: int = 0
    kills: int = 0
    restarts: int = 0
    seconds: float = 0
    states: Counter[str] = field(default_factory=Counter)
    faults: int = 0
    calls: int = 0
    details: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return not (self.doubled or self.lost or self.stuck)

    def __str__(self) -> str:
        return f"doubled {self.doubled} lost {self.lost} stuck {self.stuck} of {self.posts}"


class Workers:
    """``manage.py worker`` processes; one that was killed is followed by another."""

    def __init__(self, size: Size, environment: dict[str, str], log: Path) -> None:
        self._size = size
        self._environment = environment
        self._log = log.open("ab")
        self._running: list[subprocess.Popen[bytes]] = []
        self.kills = 0

    def keep_up(self) -> None:
        self._running = [worker for worker in self._running if worker.poll() is None]
        while len(self._running) < self._size.workers:
            command = [sys.executable, "manage.py", "worker", "--threads", str(self._size.threads)]
            self._running.append(
                subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=self._log, stderr=self._log)
            )

    def kill_one(self, chance: random.Random) -> None:
        self.keep_up()
        chance.choice(self._running).kill()
        self.kills += 1

    def stop(self) -> None:
        for worker in self._running:
            worker.kill()
            worker.wait(30)
        self._log.close()


def run(
    size: Size,
    database: Database,
    *,
    server: FakeServer,
    folder: Path,
    seed: int,
    say: Callable[[str], None] = print,
) -> Outcome:
    """Plan ``size.posts`` messages, let everything go wrong, and count. Django is set up on ``database`` already."""
    from tests.faults import world

    chance = random.Random(seed)  # noqa: S311
    plan = Plan(seed, size.share, size.hangs)
    server.keeps_requests = False
    server.faults = plan
    messages = world.plan_messages(size.posts, server, size.accounts)
    workers = Workers(size, worker_environment(database, server, folder, size), folder / "workers.log")
    outcome = Outcome(posts=len(messages))
    start = time.monotonic()
    next_kill, next_restart, next_word = start + 6, start + size.restart_every, start
    try:
        while True:
            now = time.monotonic()
            workers.keep_up()
            with world.database_may_be_away():
                done = world.count_done()
                world.be_the_person()
                if done == len(messages) or now - start > size.minutes * 60:
                    break
                calm = done > len(messages) * 0.97
                if now >= next_word:
                    say(
                        f"{now - start:5.0f} s: {done} of {len(messages)} done, {plan.calls} calls, {sum(plan.made.values())} faults, {workers.kills} kills"
                    )
                    next_word = now + 15
                if now >= next_kill and not calm:
                    workers.kill_one(chance)
                    next_kill = now + chance.uniform(0.5, 1.5) * size.kill_every
                if database.can_restart and now >= next_restart and not calm:
                    database.restart()
                    outcome.restarts += 1
                    next_restart = time.monotonic() + size.restart_every
            time.sleep(0.5)
    finally:
        workers.stop()
    outcome.seconds = time.monotonic() - start
    outcome.kills, outcome.calls, outcome.faults = workers.kills, plan.calls, sum(plan.made.values())
    with patience():
        world.judge(messages, server, outcome)
    return outcome


@contextmanager
def patience() -> Iterator[None]:
    from django.db import connection

    with contextlib.suppress(Exception):
        connection.close()
    yield


def worker_environment(database: Database, server: FakeServer, folder: Path, size: Size) -> dict[str, str]:
    hosts = ",".join(f"{name}={address}" for name, address in server.hosts.items())
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "drieklank.settings.dev",
        "DEBUG": "0",
        "DATABASE_URL": database.url,
        "MEDIA_ROOT": str(folder / "media"),
        "CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES": "1",
        "CAMPAIGNS_NETWORK_HOSTS": hosts,
        "CAMPAIGNS_LEASE_SECONDS": str(size.lease_seconds),
        "CAMPAIGNS_FIRST_RETRY_SECONDS": "1",
        **{f"{name.upper()}_APP_ID": "app" for name in ("facebook", "instagram", "threads", "linkedin", "x")},
        **{f"{name.upper()}_APP_SECRET": "app-secret" for name in ("linkedin", "x")},
    }


def report(outcome: Outcome, seed: int) -> dict[str, Any]:
    return {
        "seed": seed,
        "calls": outcome.calls,
        "faults": outcome.faults,
        "workers killed": outcome.kills,
        "database restarts": outcome.restarts,
        "taken down again": outcome.removed,
        "seconds": round(outcome.seconds),
        "states": dict(outcome.states),
    }
