"""Short addresses: every visit of a person counts once on its day, no machine counts, nothing about the visitor is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from campaigns.models import ShortUrl, VisitCount
from tests.factories.campaigns import MemoryNetwork, SocialAccountFactory, scheduled
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def short_url(network: MemoryNetwork) -> ShortUrl:
    with time_machine.travel(datetime(2026, 5, 4, 10, 0, tzinfo=UTC), tick=False):
        return scheduled(SocialAccountFactory(), page=StoryPageFactory()).short_url


def visit(short_url: ShortUrl, method: str = "get", **headers: str) -> Any:
    return getattr(Client(), method)(short_url.get_absolute_url(), headers={"user-agent": FIREFOX, **headers})


def counts() -> dict[date, int]:
    return dict(VisitCount.objects.values_list("day", "visits"))


def test_a_visit_leads_to_the_page_and_counts(short_url: ShortUrl) -> None:
    with time_machine.travel(datetime(2026, 5, 4, 10, 0, tzinfo=UTC), tick=False):
        response = visit(short_url)
    assert response.status_code == 302
    assert response.url.startswith(short_url.page.full_url)
    assert "utm_campaign=" in response.url
    assert counts() == {date(2026, 5, 4): 1}


def test_visits_of_one_day_are_added(short_url: ShortUrl) -> None:
    with time_machine.travel(datetime(2026, 5, 4, 10, 0, tzinfo=UTC), tick=False):
        for __ in range(3):
            visit(short_url)
    assert counts() == {date(2026, 5, 4): 3}


def test_the_day_is_the_one_on_the_calendar_of_the_region(short_url: ShortUrl) -> None:
    for moment in (datetime(2026, 5, 4, 21, 59, 59, tzinfo=UTC), datetime(2026, 5, 4, 22, 0, tzinfo=UTC)):
        with time_machine.travel(moment, tick=False):
            visit(short_url)
    assert counts() == {date(2026, 5, 4): 1, date(2026, 5, 5): 1}


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("head", {}),
        ("get", {"user-agent": ""}),
        ("get", {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}),
        ("get", {"user-agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"}),
        ("get", {"user-agent": "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)"}),
        ("get", {"sec-purpose": "prefetch"}),
        ("get", {"sec-purpose": "prefetch;prerender"}),
        ("get", {"purpose": "preview"}),
    ],
)
def test_machines_are_led_on_and_not_counted(
    method: str, headers: dict[str, str], short_url: ShortUrl
) -> None:
    response = visit(short_url, method, **headers)
    assert response.status_code == 302
    assert counts() == {}


def test_nothing_is_kept_by_caches_nor_in_the_browser(short_url: ShortUrl) -> None:
    response = visit(short_url)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_capitals_in_print_do_no_harm(short_url: ShortUrl) -> None:
    assert Client().get(short_url.get_absolute_url().upper().replace("/S/", "/s/")).status_code == 302


def test_an_address_that_does_not_exist_says_so(db: None) -> None:
    assert Client().get("/s/bestaatniet", follow=True).status_code == 404


def test_nobody_posts_to_it(short_url: ShortUrl) -> None:
    assert visit(short_url, "post").status_code == 405


@pytest.mark.parametrize(("kind", "sign"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_a_short_address_has_a_qr_code_and_looking_at_it_is_no_visit(
    short_url: ShortUrl, kind: str, sign: bytes
) -> None:
    response = Client().get(f"{short_url.get_absolute_url()}/qr.{kind}", headers={"user-agent": FIREFOX})
    assert response.status_code == 200
    assert response.content.startswith(sign)
    assert counts() == {}


@pytest.mark.parametrize("name", ["nergens00/qr.svg", "{code}/qr.gif"])
def test_there_is_no_qr_code_of_what_does_not_exist(short_url: ShortUrl, name: str) -> None:
    assert Client().get(f"/s/{name.format(code=short_url.code)}").status_code == 404
