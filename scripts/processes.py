"""Child processes that live and die together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

LOOK_EVERY = 0.2  # seconds


class Family:
    """Starts children, each in a process group of its own, and ends all of them, grandchildren too, on leaving.

    ``patience`` is how many seconds a child gets to finish what it began before it is killed.
    """

    def __init__(self, patience: float = 10) -> None:
        self.patience = patience
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self, name: str, command: Sequence[str], *, folder: Path, environment: Mapping[str, str]
    ) -> None:
        # A session of its own: Ctrl-C reaches this process alone, which then ends them in order.
        self.children[name] = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, start_new_session=True
        )

    def ended(self) -> tuple[str, int] | None:
        """The name and exit code of a child that is no more, if there is one."""
        for name, child in self.children.items():
            code = child.poll()
            if code is not None:
                return name, code
        return None

    def wait(self) -> tuple[str, int]:
        """Wait until one of the children ends; answers its name and exit code."""
        while (end := self.ended()) is None:
            time.sleep(LOOK_EVERY)
        return end

    def stop(self) -> None:
        """Ask every group to end, then kill what is left of it."""
        try:
            for child in self.children.values():
                _signal_group(child, signal.SIGTERM)
            deadline = time.monotonic() + self.patience
            for child in self.children.values():
                with suppress(subprocess.TimeoutExpired):
                    child.wait(max(0.0, deadline - time.monotonic()))
        finally:
            # Also after a child that ended in peace: its own children may have outlived it.
            # A second, impatient Ctrl-C comes here at once.
            for child in self.children.values():
                _signal_group(child, signal.SIGKILL)
                child.wait()
            self.children.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # the whole group is gone already
        os.killpg(child.pid, number)
