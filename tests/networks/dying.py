"""A real process that ends in the middle: it does one step of a withdrawal and is killed before it can note it.

``python tests/networks/dying.py worker traces`` is the worker of every day, killed in that step;
``python tests/networks/dying.py withdraw offline KEY`` is a teller's request, killed in it.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]


def main(role: str, step: str, *key: str) -> None:
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django

    django.setup()
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
        call_command("worker", threads=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
