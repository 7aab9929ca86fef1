"""How long a month of the calendar takes with 2,000 posts in it, and how many queries: part of ``make bench``.

The limits are the house's own: fewer than 20 queries, less than 400 ms.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

POSTS = 2000
ROUNDS = 15
QUERIES_BELOW, MILLISECONDS_BELOW = 20, 400


def measure_calendar() -> bool:
    """Print both figures; False when a limit is passed. Works in the database that is set up."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from campaigns.models import Campaign, SocialAccount
    from tests.factories.many_posts import make_many_posts
    from tests.factories.people import PersonFactory

    first = datetime(2031, 5, 1, 6, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    accounts = list(SocialAccount.objects.filter(provider="website"))
    campaign = Campaign.objects.first() or Campaign.objects.create(name="Benchmark", slug="benchmark")
    make_many_posts(POSTS, accounts, campaign, first, timedelta(minutes=21))
    client = Client(HTTP_HOST="localhost")
    client.force_login(
        PersonFactory(group="Campaign staff"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    path = "/admin/campaigns/calendar/2031/5/"
    if client.get(path).status_code != 200:
        raise SystemExit(f"{path} does not answer")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    number = len(queries)
    times = []
    for __ in range(ROUNDS):
        begin = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - begin) * 1000)
    median = statistics.median(times)
    print(
        f"calendar, month of {POSTS} posts: {number} queries (limit {QUERIES_BELOW}), "
        f"{median:.0f} ms (limit {MILLISECONDS_BELOW})"
    )
    return number < QUERIES_BELOW and median < MILLISECONDS_BELOW


def main() -> int:
    import tempfile
    from pathlib import Path

    from benchmarks.__main__ import prepare

    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        return 0 if measure_calendar() else 1


if __name__ == "__main__":
    sys.exit(main())
