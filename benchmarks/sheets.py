"""How long a sheet's PDF takes, and whether somebody who changes a fact waits for the pages that use it."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, below

if TYPE_CHECKING:
    from django.test import Client

    from factsheets.models import Fact

PRINTINGS = 5
PAGES = int(os.environ.get("PAGES", "200"))
PDF_SECONDS = 1.0
QUEUED = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "publishing"]}}


def measure_pdf() -> Iterator[Figure]:
    """The longest sheet of the sample content, in one order of the three countries."""
    from factsheets.models import FactsheetPage
    from factsheets.printing.document import SheetDocument
    from factsheets.printing.storing import DEFAULT_ORDER
    from factsheets.printing.typesetting import typeset

    page = max(FactsheetPage.objects.live(), key=lambda sheet: len(sheet.to_json()))
    times = []
    for __ in range(PRINTINGS):
        begin = time.perf_counter()
        document = SheetDocument(page, DEFAULT_ORDER)
        typeset(document.values(), document.pictures)
        times.append(time.perf_counter() - begin)
    yield below("PDF of the longest sheet", statistics.median(times), PDF_SECONDS, "s", 2)


def measure_fact_change() -> Iterator[Figure]:
    """The same form sent for a fact on one page and for one on many; the rest is a task, counted as it is done."""
    from django.test import override_settings

    from factsheets.models import FactRefresh
    from tests.factories.facts import make_fact

    one, many = make_fact("bench_one"), make_fact("bench_many")
    _mention(one, 1)
    _mention(many, PAGES)
    client = _administrator()
    with override_settings(TASKS=QUEUED):
        _send(client, one, "390")  # the first request fills caches
        few_queries, few_seconds = _send(client, one, "400")
        queries, seconds = _send(client, many, "400")
    waiting = FactRefresh.objects.filter(fact=many).latest("pk")
    title = f"a fact on {PAGES} pages is changed, against one page"
    times = seconds / few_seconds
    yield Figure(
        title,
        f"{times:.1f} × ({seconds * 1000:.0f} ms against {few_seconds * 1000:.0f} ms)",
        "≤ 3 ×",
        times <= 3,
    )
    yield Figure("the same", f"{queries} queries", f"≤ {few_queries + 3} queries", queries <= few_queries + 3)
    yield Figure(
        "the same: left to the worker", f"{waiting.total - waiting.done}", f"{PAGES}", not waiting.done
    )
    with override_settings(
        TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    ):
        from factsheets.refreshing import spread

        spread(waiting.pk)
    waiting.refresh_from_db()
    yield Figure("the same: shown as done afterwards", f"{waiting.done}", f"{PAGES}", waiting.done == PAGES)


def _mention(fact: Fact, pages: int) -> None:
    from tests.factories.pages import FactsheetPageFactory, body_of

    for count in range(pages):
        page = FactsheetPageFactory(
            body=body_of(f"Het eigen risico is {{fact:{fact.key}}}."), slug=f"{fact.key}-{count}"
        )
        page.save_revision().publish()


def _administrator() -> Client:
    from django.test import Client

    from core.models import User

    client = Client(HTTP_HOST="localhost")
    client.force_login(
        User.objects.create_superuser("bench@example.org", first_name="Ben", last_name="Smits"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def _send(client: Client, fact: Fact, value: str) -> tuple[int, float]:
    """Queries and seconds of the request that saves a new value."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    first = fact.periods.get()
    form = {
        "key": fact.key, "country": fact.country, "unit": fact.unit, "owner": "",
        "label_nl": fact.label_nl, "label_de": fact.label_de, "label_fr": fact.label_fr,
        "periods-TOTAL_FORMS": "1", "periods-INITIAL_FORMS": "1",
        "periods-MIN_NUM_FORMS": "1", "periods-MAX_NUM_FORMS": "1000",
        "periods-0-id": str(first.pk), "periods-0-value": value, "periods-0-valid_from": "",
        "periods-0-valid_until": "", "periods-0-certainty": "verified", "periods-0-source": "Rijksoverheid",
    }  # fmt: skip
    address = reverse("wagtailsnippets_factsheets_fact:edit", args=[fact.pk])
    with CaptureQueriesContext(connection) as queries:
        begin = time.perf_counter()
        response = client.post(address, form)
        seconds = time.perf_counter() - begin
    if response.status_code != 302:
        raise RuntimeError(f"the new value was refused: {response.context['form'].errors}")
    return len(queries), seconds
