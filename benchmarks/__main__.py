"""How long public pages take with many stories, and how many queries each makes: ``make bench`` (``STORIES=`` how many).

Works on a database of its own in a temporary folder. Figures are those of one process on this machine: compare them
with each other and with an earlier run, not with somebody else's.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STORIES = int(os.environ.get("STORIES", "1000"))
FEW = 5  # beside the five sample stories
MANY = 10_000  # as plain rows: for the lists, not for the search
ROUNDS = 15


def prepare(folder: Path) -> None:
    """A fresh database with the sample content."""
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{folder / 'benchmark.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "DJANGO_SETTINGS_MODULE": "drieklank.settings.dev",
        "DEBUG": "0",
    }
    sys.path[:0] = [str(ROOT / "site")]
    import logging

    import django
    from django.conf import settings
    from django.core.management import call_command

    # Work in the background is done at once: there is no worker here.
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}
    }
    django.setup()
    logging.disable(logging.INFO)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_samples")


def add_stories(number: int) -> None:
    from stories.models import StoryIndexPage
    from tests.factories.pages import StoryPageFactory

    index = StoryIndexPage.objects.get(locale__language_code="nl")
    begin = time.perf_counter()
    for count in range(number):
        StoryPageFactory(parent=index, title=f"Verhaal {count}", slug=f"verhaal-{count}")
    print(f"{number} stories made in {time.perf_counter() - begin:.1f} s")


def addresses() -> dict[str, str]:
    from campaigns.models import CampaignPage
    from factsheets.models import FactsheetPage
    from stories.models import StoryIndexPage, StoryPage

    stories = StoryIndexPage.objects.get(locale__language_code="nl").url
    found = {
        "home": "/nl/",
        "list of stories": stories,
        "last page of the list": f"{stories}?page=9999",
        "story": StoryPage.objects.filter(locale__language_code="nl").first(),
        "info sheet": FactsheetPage.objects.live().filter(locale__language_code="nl").first(),
        "campaign": CampaignPage.objects.live().filter(locale__language_code="nl").first(),
        "search, a rare word": "/nl/search/?q=Roermond",
        "search, a common word": "/nl/search/?q=grens",
        "sitemap": "/sitemap.xml",
    }
    return {name: page if isinstance(page, str) else page.url for name, page in found.items() if page}


def measure_lists() -> None:
    """Stories among ten and among ten thousand: many may not ask more of the database than a few."""
    from stories.models import StoryIndexPage, StoryPage
    from tests.factories.many_stories import make_many_stories

    stories = StoryIndexPage.objects.get(locale__language_code="nl").url
    lists = {
        "list, no filter": stories,
        "list, two filters": f"{stories}?border=nl-de&theme=work",
        "story with a map": StoryPage.objects.exclude(people=None).filter(locale__language_code="nl")[0].url,
        "figures over all": "/nl/story-figures/",
    }
    StoryPage.objects.filter(locale__language_code="nl", people=None).delete()  # made to be searched
    make_many_stories(FEW)
    few = {name: measure(name, address) for name, address in lists.items()}
    begin = time.perf_counter()
    make_many_stories(MANY)
    print(f"{MANY} stories more in {time.perf_counter() - begin:.1f} s")
    for name, address in lists.items():
        before, after = few[name], measure(name, address)
        print(f"{'':<24}{after.seconds / before.seconds:>8.1f} times as long as among a few")
        # Fewer is right where the newest stories have no picture.
        if after.queries > before.queries:
            raise SystemExit(f"{name}: {after.queries} queries, {before.queries} before")


@dataclass(frozen=True, slots=True)
class Measure:
    """``seconds``: the median, after the first answer."""

    queries: int
    seconds: float


def measure(name: str, address: str) -> Measure:
    """Print how long it takes and how many queries it makes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost")
    with CaptureQueriesContext(connection) as queries:
        first = time.perf_counter()
        response = client.get(address)
        first = time.perf_counter() - first
    made = len(queries)  # now: the next request empties the log
    if response.status_code != 200:
        raise SystemExit(f"{name}: {address} answered {response.status_code}")
    times = []
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - begin)
    print(
        f"{name:<24}{first * 1000:>8.0f} ms first{statistics.median(times) * 1000:>8.0f} ms then"
        f"{made:>7} queries{len(response.content) // 1024:>7} kB"
    )
    return Measure(made, statistics.median(times))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        add_stories(STORIES)
        for name, address in addresses().items():
            measure(name, address)
        measure_lists()


if __name__ == "__main__":
    main()
