"""How many queries a page makes and how long it takes, among a few and among very many."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from benchmarks.figures import Figure, below, ratio

if TYPE_CHECKING:
    from django.test import Client

ROUNDS = 9
FEW_STORIES = 5  # beside the five of the sample content
MANY_STORIES = int(os.environ.get("STORIES", "10000"))
STORIES_RATIO = 3.0  # a list counts what its filters would find, so its time grows; its queries may not
POSTS_A_MONTH, CALENDAR_QUERIES, CALENDAR_MILLISECONDS = 2_000, 20, 400
SERVICES, MANY_SERVICES, DIRECTORY_QUERIES, DIRECTORY_RATIO = 500, 5_000, 15, 1.5


@dataclass(frozen=True, slots=True)
class Measure:
    """``milliseconds``: the median, after the first answer."""

    queries: int
    milliseconds: float


def measure(address: str, client: Client | None = None) -> Measure:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = client or Client(HTTP_HOST="localhost")
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    made, times = len(queries), []
    for __ in range(ROUNDS):
        begin = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - begin) * 1000)
    return Measure(made, statistics.median(times))


def somebody(group: str) -> Client:
    """A browser in which a member of ``group`` is signed in."""
    from django.test import Client

    from tests.factories.people import PersonFactory

    client = Client(HTTP_HOST="localhost")
    client.force_login(
        PersonFactory(group=group), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def measure_calendar() -> Iterator[Figure]:
    from campaigns.models import Campaign, SocialAccount
    from tests.factories.many_posts import make_many_posts

    first = datetime(2031, 5, 1, 6, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    campaign = Campaign.objects.create(name="Benchmark", slug="benchmark")
    accounts = list(SocialAccount.objects.filter(provider="website"))
    make_many_posts(POSTS_A_MONTH, accounts, campaign, first, timedelta(minutes=21))
    month = measure("/admin/campaigns/calendar/2031/5/", somebody("Campaign staff"))
    name = f"calendar, a month of {POSTS_A_MONTH:,} posts"
    yield below(name, month.milliseconds, CALENDAR_MILLISECONDS, "ms")
    yield below("the same", month.queries, CALENDAR_QUERIES, "queries")


def measure_stories() -> Iterator[Figure]:
    """Ten stories against ten thousand."""
    from stories.models import StoryIndexPage, StoryPage
    from tests.factories.many_stories import make_many_stories

    index = StoryIndexPage.objects.get(locale__language_code="nl").url
    make_many_stories(FEW_STORIES)
    story = StoryPage.objects.exclude(people=None).filter(locale__language_code="nl")[0].url
    lists = {
        "story index": index,
        "story index, two filters": f"{index}?border=nl-de&theme=work",
        "story page with a map": story,
    }
    few = {name: measure(address) for name, address in lists.items()}
    make_many_stories(MANY_STORIES)
    _look_at_statistics()
    for name, address in lists.items():
        many, peer = measure(address), few[name]
        title = f"{name}: {MANY_STORIES:,} stories against ten"
        yield ratio(title, many.milliseconds, peer.milliseconds, STORIES_RATIO)
        # Fewer is right where the newest stories have no picture.
        yield Figure(
            "the same", f"{many.queries} queries", f"≤ {peer.queries} queries", many.queries <= peer.queries
        )


def _look_at_statistics() -> None:
    """What a database does by itself within a minute of so many new rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure_directory() -> Iterator[Figure]:
    """Services of every kind, in every country, with hours and languages, as the directory has them."""
    from support.models import DirectoryPage, SupportService

    directory = DirectoryPage.objects.filter(locale__language_code="nl").live().first()
    if directory is None:
        raise RuntimeError("the sample content has no directory")
    questions = {
        "directory, one country and language": f"{directory.url}?country=BE&language=de",
        "directory, open now": f"{directory.url}?open=1",
    }
    _add_services(SERVICES - SupportService.objects.count())
    few = {name: measure(address) for name, address in questions.items()}
    _add_services(MANY_SERVICES - SupportService.objects.count())
    _look_at_statistics()
    for name, address in questions.items():
        many = measure(address)
        name_and_size = f"{name}: {MANY_SERVICES:,} services against {SERVICES}"
        peer = few[name]
        yield ratio(name_and_size, many.milliseconds, peer.milliseconds, DIRECTORY_RATIO)
        yield Figure(
            "the same, whole page",
            f"{many.queries} queries",
            f"≤ {peer.queries} queries",
            many.queries <= peer.queries,
        )
        query = dict(parse_qsl(urlsplit(address).query))
        yield below("the same, search alone", _queries_of_search(query), DIRECTORY_QUERIES, "queries")


def _queries_of_search(query: dict[str, str]) -> int:
    """Without what stands around it on every page: navigation, languages, site."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from support.finding import found_for

    found_for(query, timezone.now())
    with CaptureQueriesContext(connection) as queries:
        found_for(query, timezone.now())
    return len(queries)


def _add_services(number: int) -> None:
    from support.models import Municipality, SupportService

    places = list(Municipality.objects.all()[:40])
    have = SupportService.objects.count()
    services = SupportService.objects.bulk_create(
        SupportService(
            key=f"bench-{have + count}",
            name=f"Dienst {have + count}",
            kind=("municipality", "crisis_line")[count % 10 == 0],
            country=("NL", "DE", "BE")[count % 3],
            languages=[("nl",), ("de",), ("fr", "de")][count % 3],
            hours=("Mo-Fr 09:00-17:00", "24/7", "")[count % 3],
            themes=["loneliness"],
        )
        for count in range(number)
    )
    if places:
        through: Any = SupportService.municipalities.through
        through.objects.bulk_create(
            through(supportservice_id=service.pk, municipality_id=places[count % len(places)].pk)
            for count, service in enumerate(services)
        )
