"""Real processes beside a test: the worker as a user starts it, on the test's own database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds; far more than needed, so that only a stuck worker fails
LOOK_AGAIN = 0.1


def database_url() -> str:
    """The address of the database the test uses."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return f"postgresql://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


def surroundings(**environment: str) -> dict[str, str]:
    """What a process beside the test needs to see the same database and files."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "drieklank.settings.dev",
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES": "1",
        **environment,
    }


@contextmanager
def running_worker(**environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """``manage.py worker`` on the test's database and files, ended at the latest with the block."""
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--threads", "2"],
        cwd=ROOT,
        env=surroundings(**environment),
        stdout=subprocess.DEVNULL,
    )
    try:
        yield worker
        assert worker.poll() in (None, -signal.SIGKILL), "the worker ended by itself"
    finally:
        if worker.poll() is None:
            worker.send_signal(signal.SIGKILL)
        worker.wait(PATIENCE)


def wait_until(condition: Callable[[], Any], what: str, seen: Callable[[], Any] = lambda: "") -> None:
    """Look again and again until ``condition`` holds; fail when it never does, telling what is ``seen``."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(LOOK_AGAIN)
    raise AssertionError(f"waited {PATIENCE} s in vain until {what}: {seen()}")
