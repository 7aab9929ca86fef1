"""``make faults``: ends in one line, "doubled 0 lost 0 stuck 0 of N", and in an error when it is not so.

``POSTS=``, ``WORKERS=``, ``MINUTES=`` and ``SEED=`` change the run; ``DATABASE=sqlite`` leaves PostgreSQL out.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.fakes.accounts import all_networks
from tests.faults.databases import own_postgres, postgres_binaries, sqlite
from tests.faults.run import ROOT, Size, report, run, worker_environment


def say(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM):  # so that nothing is left running
        signal.signal(number, lambda received, frame: sys.exit(f"stopped by signal {received}"))
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    size = Size(
        posts=int(os.environ.get("POSTS", "2000")),
        workers=int(os.environ.get("WORKERS", "3")),
        threads=4,
        minutes=float(os.environ.get("MINUTES", "15")),
    )
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="drieklank-faults-")))
        binaries = None if os.environ.get("DATABASE") == "sqlite" else postgres_binaries()
        place = own_postgres(folder, binaries) if binaries else sqlite(folder)
        database = stack.enter_context(place)
        server = all_networks()
        os.environ |= worker_environment(database, server, folder, size)
        sys.path[:0] = [str(ROOT / "site")]
        import django

        django.setup()
        from django.core.management import call_command

        kind = "PostgreSQL, restarted under way" if database.can_restart else "SQLite"
        print(f"{size.posts} posts, {size.workers} workers, {kind}, seed {seed}", flush=True)
        call_command("migrate", verbosity=0)
        stack.enter_context(server.running())
        outcome = run(size, database, server=server, folder=folder, seed=seed, say=say)
        for name, value in report(outcome, seed).items():
            print(f"{name}: {value}")
        for line in outcome.details[:20]:
            print(line)
        if not outcome.is_right and (keep := os.environ.get("KEEP_LOG")):
            Path(keep).write_bytes((folder / "workers.log").read_bytes())
        print(outcome)
    return 0 if outcome.is_right else 1


if __name__ == "__main__":
    sys.exit(main())
