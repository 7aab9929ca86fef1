"""As on several machines: PostgreSQL, Redis, four workers, two heartbeats, two web processes, and everything due at once."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
import requests
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.factories.people import PersonFactory
from tests.fakes.mastodon import FakeMastodon
from tests.fakes.server import FakeServer
from tests.processes import surroundings
from tests.scale.rush import Rush, processes, wait_for

POSTS, ACCOUNTS = 240, 8
RQ_WORKER = ("manage.py", "rqworker", "publishing", "default", "--job-class", "django_tasks_rq.Job")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[str]:
    """A server for this test alone."""
    port, program = free_port(), shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed (apt-get install redis-server)")
    options = ("--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(tmp_path))
    server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        assert wait_for(lambda: _answers(port), 20)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(20)


def _answers(port: int) -> bool:
    try:
        return bool(redis.Redis(port=port).ping())
    except redis.RedisError:
        return False


def web(port: int) -> tuple[str, ...]:
    place = ("--host", "127.0.0.1", "--port", str(port), "--working-dir", "site")
    return ("-m", "granian", "--interface", "wsgi", *place, "drieklank.wsgi:application")


@pytest.mark.timeout(600)  # ten programs are started, and others may share the machine
@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_four_workers_and_two_web_processes_share_the_work(own_redis: str) -> None:
    environment = surroundings(TASKS_URL=own_redis, CACHE_URL=f"rediscache{own_redis[5:-1]}1", DEBUG="0")
    ports = (free_port(), free_port())
    client = Client()
    client.force_login(
        PersonFactory(group="Campaign staff"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    signed_in = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    server = FakeServer(FakeMastodon())
    with (
        server.running(),
        processes([web(port) for port in ports], environment, ready=b"Listening at"),
        processes([RQ_WORKER] * 4, environment, ready=b"Listening on"),
        processes([("manage.py", "worker")] * 2, environment),
    ):
        rush = Rush(server, ACCOUNTS)
        rush.plan(POSTS, timezone.now() + timedelta(seconds=1))
        answers = [look(port, path, signed_in) for port in ports for path in ("/nl/", "/admin/")]
        assert wait_for(lambda: rush.arrived() >= POSTS, 120), rush.verdict()
        wait_for(lambda: rush.arrived() > POSTS, 2)  # one too many would come now

    assert answers == [200] * 4
    verdict = rush.verdict()
    assert (verdict.doubled, verdict.lost, verdict.out_of_order) == (0, 0, 0)


def look(port: int, path: str, cookies: dict[str, Any]) -> int:
    address = f"http://127.0.0.1:{port}{path}"
    return requests.get(address, cookies=cookies, allow_redirects=False, timeout=60).status_code
