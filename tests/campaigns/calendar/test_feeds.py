"""The calendar at a private address: readable by programs, closed by its owner, silent to everybody else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from campaigns.models import CalendarFeed, SocialAccount
from core.models import User
from stories.consent.masking import MaskPrivateLinks
from tests.campaigns.editor import NOON, edit_url
from tests.factories.campaigns import MemoryNetwork, SocialAccountFactory, scheduled

pytestmark = pytest.mark.django_db

FEEDS = "/admin/campaigns/calendar/feeds/"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory(name="mila.example")


def address(browser: Client, query: str = "") -> str:
    response = browser.post(FEEDS + query, {"name": "Telefoon"})
    return str(response.context["address"]).removeprefix("http://localhost:8000")


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_calendar_program_reads_what_is_planned(staff: Client, account: SocialAccount) -> None:
    due_at = datetime(2026, 5, 12, 17, 30, tzinfo=UTC)
    row = scheduled(account, due_at, text="Hart luchten; met komma, en\nnieuwe regel")
    response = Client().get(address(staff))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(response.content)
    assert event.decoded("dtstart") == due_at
    assert "Hart luchten; met komma, en nieuwe regel" in event["summary"]
    assert "Memory · mila.example (nl)" in event["description"]
    assert str(event["url"]).endswith(edit_url(row.post))


def test_a_feed_keeps_the_filters_it_was_made_with(staff: Client, account: SocialAccount) -> None:
    scheduled(account, NOON + timedelta(days=1))
    scheduled(SocialAccountFactory(language="de"), NOON + timedelta(days=1), language="de", text="Hallo")
    found = events(Client().get(address(staff, "?language=de")).content)
    assert ["Hallo" in event["summary"] for event in found] == [True]


def test_the_address_is_not_kept_and_not_shown_again(staff: Client) -> None:
    private = address(staff)
    token = private.rsplit("/", 1)[1].removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert token not in (feed.digest, feed.handle)
    assert token not in staff.get(FEEDS).content.decode()
    assert len(token) >= 43  # 256 bits


def test_a_closed_address_answers_nothing(staff: Client) -> None:
    private = address(staff)
    assert Client().get(private).status_code == 200
    staff.post(FEEDS, {"revoke": CalendarFeed.objects.get().pk})
    assert Client().get(private).status_code == 404


def test_nobody_closes_the_address_of_somebody_else(staff: Client, browser_of: Callable[..., Client]) -> None:
    private = address(staff)
    other = browser_of("Campaign staff", email="ander@example.org")
    assert other.post(FEEDS, {"revoke": CalendarFeed.objects.get().pk}).status_code == 404
    assert Client().get(private).status_code == 200


@pytest.mark.parametrize("change", ["left", "other work"])
def test_who_may_not_see_the_calendar_any_more_reads_it_nowhere(change: str, staff: Client) -> None:
    private = address(staff)
    user = User.objects.get(email="campaign-staff@example.org")
    if change == "left":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        user.groups.clear()
    assert Client().get(private).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 20])
def test_a_guessed_address_answers_nothing(token: str, staff: Client) -> None:
    address(staff)
    assert Client().get(f"/s/calendar/{token}.ics").status_code == 404


def test_a_token_that_begins_right_and_ends_wrong_opens_nothing(staff: Client) -> None:
    private = address(staff)
    assert Client().get(private[:-8] + "AAAA.ics").status_code == 404


def test_the_address_is_masked_in_logs() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 1, "GET %s", ("/s/calendar/geheim123.ics",), None)
    MaskPrivateLinks().filter(record)
    assert "geheim123" not in record.getMessage()


def test_a_feed_needs_a_name(staff: Client) -> None:
    response = staff.post(FEEDS, {"name": ""})
    assert response.context["form"].errors["name"]
    assert not CalendarFeed.objects.exists()
