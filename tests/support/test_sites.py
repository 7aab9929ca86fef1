"""Dead websites of services are found in the background: politely, and never inside a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from support.models import SupportService
from support.sites import ASK_DOUBTFUL_AGAIN, SITES_A_BEAT, Outcome, ask, check_site, sites_to_ask
from support.ticking import tick
from tests.factories.people import PersonFactory
from tests.support.files import service

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


class Site(BaseHTTPRequestHandler):
    """Answers by path: ``/200``, ``/head-405``, ``/to/…`` leads on."""

    def do_HEAD(self) -> None:
        self.server.asked.append((self.command, self.path))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
        elif self.path == "/circle":
            self.send_response(301)
            self.send_header("Location", "/circle")
        elif self.path == "/head-405":
            self.send_response(405 if self.command == "HEAD" else 200)
        else:
            self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def site() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def trusted(settings: Any) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/200", Outcome.ANSWERS),
        ("/head-405", Outcome.ANSWERS),
        ("/to//200", Outcome.ANSWERS),
        ("/404", Outcome.DEAD),
        ("/410", Outcome.DEAD),
        ("/500", Outcome.DEAD),
        ("/403", Outcome.UNCLEAR),
        ("/429", Outcome.UNCLEAR),
        ("/to/ftp://example.org/", Outcome.DEAD),
    ],
)
def test_what_an_answer_means(path: str, outcome: Outcome) -> None:
    with site() as (address, __):
        assert ask(address + path) is outcome


@pytest.mark.usefixtures("trusted")
def test_a_circle_of_redirects_ends() -> None:
    with site() as (address, asked):
        assert ask(f"{address}/circle") is Outcome.DEAD
        assert len(asked) < 10


@pytest.mark.usefixtures("trusted")
def test_get_comes_only_where_head_is_not_understood() -> None:
    with site() as (address, asked):
        ask(f"{address}/200")
        ask(f"{address}/head-405")
    assert asked == [("HEAD", "/200"), ("HEAD", "/head-405"), ("GET", "/head-405")]


def test_a_site_inside_the_network_is_never_asked() -> None:
    with site() as (address, asked):
        assert ask(f"{address}/200") is Outcome.DEAD
        assert ask(address.replace("127.0.0.1", "localhost") + "/200") is Outcome.DEAD
    assert asked == []


@pytest.mark.usefixtures("trusted")
def test_a_dead_site_stands_on_the_report_until_it_answers_again(client: Client) -> None:
    with site() as (address, __), time_machine.travel(NOW, tick=False):
        client.force_login(PersonFactory(group="Editors"))
        known = service(
            site=f"{address}/404",
            status="verified",
            last_check=NOW.date(),
            next_check=NOW.date() + timedelta(99),
        )
        check_site(known.pk)
        assert "antwoordt niet" not in report(client), "a first failure may be a bad night"
        with time_machine.travel(NOW + ASK_DOUBTFUL_AGAIN, tick=False):
            assert [one.pk for one in sites_to_ask(NOW + ASK_DOUBTFUL_AGAIN)] == [known.pk]
            check_site(known.pk)
            assert "de website antwoordt niet sinds 23 november 2026" in report(client)
        SupportService.objects.update(site=f"{address}/200")
        check_site(known.pk)
    known.refresh_from_db()
    assert known.site_fails_since is None
    assert set(SupportService.objects.stale()) == set()


def report(client: Client) -> str:
    return client.get(reverse("support_stale")).content.decode()


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("state", ["unknown", "doubtful", "dead"])
def test_a_site_that_keeps_programs_out_is_never_called_dead(client: Client, state: str) -> None:
    client.force_login(PersonFactory(group="Editors"))
    with site() as (address, __):
        known = service(site=f"{address}/403", site_state=state, site_fails_since=NOW, status="to_check")
        check_site(known.pk)
        check_site(known.pk)
    page = report(client)
    assert "antwoordt niet" not in page
    assert "de website laat programma’s niet toe: niet zeker of zij werkt" in page


def test_few_are_asked_at_once_and_no_two_at_one_host() -> None:
    for number in range(SITES_A_BEAT + 5):
        service(f"s{number}", site=f"https://{number}.example.org/")
        service(f"t{number}", site=f"https://0.example.org/{number}")
    found = sites_to_ask(NOW)
    assert len(found) == SITES_A_BEAT
    assert len({one.site.split("/")[2] for one in found}) == SITES_A_BEAT


def test_a_site_is_asked_weekly_and_a_dead_one_daily() -> None:
    service("fresh", site="https://a.example", site_checked_at=NOW - timedelta(days=6))
    service("due", site="https://b.example", site_checked_at=NOW - timedelta(days=7))
    service("dead", site="https://c.example", site_checked_at=NOW - timedelta(days=1), site_state="dead")
    hours = {"site_state": "doubtful", "site_checked_at": NOW - timedelta(hours=5)}
    service("doubtful", site="https://e.example", **hours)
    service("never", site="https://d.example")
    service("none", site="")
    assert [one.key for one in sites_to_ask(NOW)] == ["never", "due", "dead"]


def test_a_beat_hands_each_site_to_a_worker_once(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[int] = []
    monkeypatch.setattr("support.ticking.check_site", SimpleNamespace(enqueue=handed.append))
    one = service(site="https://a.example")
    settings.SUPPORT_CHECK_SITES = False
    tick()
    assert handed == []
    settings.SUPPORT_CHECK_SITES = True
    tick()
    tick()
    assert handed == [one.pk]
