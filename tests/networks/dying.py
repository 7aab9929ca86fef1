"""Real processes that end in the middle: each does one step of a withdrawal and is killed before it can note it.

Django is started once. Each line on standard input makes a process of its own by ``fork``:

* ``worker traces`` is the worker of every day, killed in that step;
* ``withdraw offline KEY`` is a teller's request, killed in it.

The answer is one line: what the process ended with, as ``subprocess`` tells it (-9 for killed).
"""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django

    django.setup()
    from django.db import connections
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # what each process would have to load
    connections.close_all()  # no two processes share one
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _do_and_die(*line.split())
            os._exit(0)
        __, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _do_and_die(role: str, step: str, *key: str) -> None:
    from django.core.management import call_command

    from stories.consent.actions import TELLER, withdraw_story
    from stories.consent.cascade import running
    from stories.consent.models import Step

    work = running.WORK[Step(step)]

    def killed(withdrawal: Any) -> dict[str, Any]:
        work(withdrawal)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("unreachable")

    running.WORK[Step(step)] = killed
    if role == "withdraw":
        withdraw_story(UUID(key[0]), TELLER)
    else:
        call_command("worker", threads=1, stdout=io.StringIO())


if __name__ == "__main__":
    main()
