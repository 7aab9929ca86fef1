"""``make bench``: one table with each figure and its limit; ends in an error when one is missed.

Figures are those of this machine and this moment: compare them with each other. ``POSTS=``, ``PUNCTUAL_SECONDS=``,
``STORIES=`` and ``PAGES=`` make the run smaller, and ``ONLY=`` chooses parts by name.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator

from benchmarks.figures import Figure, table
from benchmarks.pages import measure_calendar, measure_directory, measure_stories
from benchmarks.places import POSTGRES_URL, prepared, work_done_at_once
from benchmarks.publishing import measure_punctuality, measure_rush
from benchmarks.sheets import measure_fact_change, measure_pdf

Part = Callable[[], Iterator[Figure]]
WITH_WORKERS: dict[str, Part] = {"punctuality": measure_punctuality, "rush": measure_rush}
IN_THIS_PROCESS: dict[str, Part] = {
    "calendar": measure_calendar,
    "directory": measure_directory,
    "pdf": measure_pdf,
    "fact": measure_fact_change,
    "stories": measure_stories,
}
NEEDS_POSTGRES = ("rush",)  # SQLite has one writer at a time


def main() -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit("stopped"))  # so that nothing is left behind
    chosen = (
        os.environ.get("ONLY", "").split(",") if os.environ.get("ONLY") else [*WITH_WORKERS, *IN_THIS_PROCESS]
    )
    figures: list[Figure] = []
    left_out = []
    with prepared() as database:
        from django.utils import timezone

        for name, part in {**WITH_WORKERS, **IN_THIS_PROCESS}.items():
            if name not in chosen:
                continue
            if name in NEEDS_POSTGRES and database == "SQLite":
                left_out.append(f"{name}: no PostgreSQL answers at {POSTGRES_URL}")
                continue
            print(f"{name} …", flush=True)
            if name in WITH_WORKERS:
                figures += part()
            else:
                with work_done_at_once():
                    figures += part()
    print(
        f"\n{timezone.localdate():%Y-%m-%d}, {database}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end"
    )
    print(table(figures))
    for line in left_out:
        print(f"left out  {line}")
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
