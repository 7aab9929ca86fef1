"""Meetings: told in every language, in calendars at the right hour, honest about what is not known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from campaigns.calendar.events import events_between as on_calendar
from campaigns.events import events_between
from campaigns.events.calendar import calendar_file
from campaigns.goals import progress_of
from campaigns.models import Campaign, CampaignGoal, CampaignPage, Event
from campaigns.reach import reach_of
from drieklank.models import HomePage
from tests.factories.campaigns import CampaignFactory
from tests.factories.meetings import meeting

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 10, 20, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(db: None) -> Campaign:
    return CampaignFactory()


@pytest.fixture
def page(campaign: Campaign) -> CampaignPage:
    page = CampaignPage(title="Limburg Openhartig", slug="openhartig", campaign=campaign)
    HomePage.objects.get(locale__language_code="nl").add_child(instance=page)
    return page


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def entries(client: Client, address: str) -> list[Any]:
    response = client.get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_a_campaign_shows_its_coming_meetings_and_keeps_the_past_ones_apart(
    client: Client, page: CampaignPage
) -> None:
    meeting(page.campaign, title="Later", starts_at=NOON + timedelta(days=9))
    meeting(page.campaign, title="Eerder", starts_at=NOON + timedelta(days=2))
    meeting(page.campaign, title="Voorbij", starts_at=NOON - timedelta(days=2))
    meeting(CampaignFactory(), title="Van een ander")
    landing, listing = html(client, page.url), html(client, f"{page.url}events/")
    assert landing.index("Eerder") < landing.index("Later")
    assert "Voorbij" not in landing
    assert listing.index("Later") < listing.index("Voorbij")
    assert "Van een ander" not in landing + listing


def test_a_meeting_says_when_where_and_what_is_not_known(client: Client, page: CampaignPage) -> None:
    event = meeting(page.campaign, starts_at=datetime(2026, 10, 30, 18, 30, tzinfo=UTC), address="Markt 1")
    shown = html(client, f"{page.url}events/{event.uid}/")
    assert "vrijdag 30 oktober 2026, 19:30" in shown  # winter time by then
    assert "Markt 1, Roermond, Nederland" in shown
    assert "nog niet bekend" in shown  # nobody ticked anything about accessibility
    assert 'itemtype="https://schema.org/Event"' in shown
    assert 'href="https://schema.org/EventScheduled"' in shown


def test_search_engines_are_told_of_no_example(client: Client, page: CampaignPage) -> None:
    event = meeting(page.campaign, is_example=True)
    shown = html(client, f"{page.url}events/{event.uid}/")
    assert "schema.org" not in shown
    assert "Voorbeeld" in shown
    assert entries(client, f"{page.url}events/calendar/") == []


def test_a_meeting_without_a_german_text_is_told_in_dutch_and_marked_so(
    client: Client, campaign: Campaign
) -> None:
    german = CampaignPage(title="Offen gesagt", slug="offen", campaign=campaign)
    HomePage.objects.get(locale__language_code="de").add_child(instance=german)
    meeting(campaign, title="Wandelen")
    assert 'lang="nl">Wandelen</a>' in html(client, f"{german.url}events/")


def test_a_meeting_of_another_campaign_is_not_found_here(client: Client, page: CampaignPage) -> None:
    event = meeting(CampaignFactory())
    for end in ("", "calendar/"):
        assert client.get(f"{page.url}events/{event.uid}/{end}").status_code == 404


def test_a_calendar_file_has_what_a_calendar_needs(client: Client, page: CampaignPage) -> None:
    event = meeting(page.campaign, starts_at=datetime(2026, 10, 24, 18, 0, tzinfo=UTC), is_cancelled=True)
    meeting(page.campaign, title="Te oud", starts_at=NOON - timedelta(days=200))
    (entry,) = entries(client, f"{page.url}events/calendar/")
    assert entry["UID"] == f"{event.uid}@drieklank"
    assert entry["STATUS"] == "CANCELLED"
    assert entry["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert entry.decoded("DTSTART").astimezone(UTC) == event.starts_at
    assert entry["URL"] == f"{page.full_url}events/{event.uid}/"
    assert entry["SUMMARY"].params["LANGUAGE"] == "nl"
    assert [item["UID"] for item in entries(client, f"{page.url}events/{event.uid}/calendar/")] == [
        entry["UID"]
    ]


def test_a_changed_plan_replaces_the_one_in_a_calendar(client: Client, page: CampaignPage) -> None:
    event = meeting(page.campaign)
    address = f"{page.url}events/{event.uid}/calendar/"
    (before,) = entries(client, address)
    event.starts_at -= timedelta(hours=1)
    event.save()
    (after,) = entries(client, address)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


@given(st.integers(0, 5 * 366 * 24 * 60), st.integers(1, 10_000))
def test_every_moment_survives_a_calendar_file(since: int, minutes: int) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=since)
    event = Event(starts_at=start, ends_at=start + timedelta(minutes=minutes), changed_at=start, town="Venlo")
    event.texts = []
    (entry,) = Calendar.from_ical(calendar_file([event], "nl", "Campagne", "https://a.example/")).walk(
        "VEVENT"
    )
    # Of an hour that comes twice a calendar file names the first: our forms refuse such times.
    ambiguous = [t for t in (event.starts_at, event.ends_at) if t.astimezone(AMSTERDAM).fold]
    if not ambiguous:
        assert entry.decoded("DTSTART").astimezone(UTC) == event.starts_at
        assert entry.decoded("DTEND").astimezone(UTC) == event.ends_at


def test_meetings_between_two_moments(campaign: Campaign, django_assert_num_queries: Any) -> None:
    inside = meeting(campaign, starts_at=NOON)
    reaching_in = meeting(campaign, starts_at=NOON - timedelta(hours=1))
    meeting(campaign, starts_at=NOON - timedelta(hours=2))  # ends as the time begins
    meeting(campaign, starts_at=NOON + timedelta(days=1))  # begins as the time ends
    with django_assert_num_queries(2):
        found = events_between(NOON, NOON + timedelta(days=1))
        assert [str(event) for event in found] == ["Wandelen", "Wandelen"]
    assert found == [reaching_in, inside]
    assert events_between(NOON, NOON + timedelta(days=1), CampaignFactory()) == []


def test_people_reached_are_not_known_until_somebody_counted(campaign: Campaign) -> None:
    campaign.goals = [CampaignGoal(measure="events", wanted=4), CampaignGoal(measure="people", wanted=50)]
    campaign.save()
    yesterday = NOON - timedelta(days=1)
    counted = meeting(campaign, starts_at=yesterday)
    meeting(campaign, starts_at=yesterday)
    meeting(campaign, starts_at=yesterday, is_cancelled=True)
    meeting(campaign, starts_at=yesterday, is_example=True, people_reached=99)
    held, people = progress_of(campaign, reach_of(campaign))
    assert (held.reached.value, people.reached.value) == (2, None)
    counted.people_reached = 0
    counted.save()
    __, people = progress_of(campaign, reach_of(campaign))
    assert people.reached.value == 0


def typed(campaign: Campaign, **changes: Any) -> dict[str, Any]:
    return {
        "campaign": campaign.pk,
        "starts_at": "2026-10-25 19:00",
        "ends_at": "2026-10-25 21:00",
        "languages": ["nl", "de"],
        "town": "Vaals",
        "country": "NL",
        "is_free": "on",
        "texts-TOTAL_FORMS": 1,
        "texts-INITIAL_FORMS": 0,
        "texts-MIN_NUM_FORMS": 1,
        "texts-0-language": "nl",
        "texts-0-title": "Drie stemmen",
        "texts-0-text": "We lezen voor.",
        "texts-0-place": "Het plein",
        "texts-0-ORDER": 1,
        **changes,
    }


def test_staff_plan_a_meeting_and_others_do_not(staff: Client, campaign: Campaign, browser_of: Any) -> None:
    address = reverse("meeting:add")
    response = staff.post(address, typed(campaign))
    assert response.status_code == 302, response.context["form"].errors
    event = Event.objects.get()
    assert event.starts_at == datetime(2026, 10, 25, 18, 0, tzinfo=UTC)
    assert str(event) == "Drie stemmen"
    assert browser_of("Editors").get(address).status_code == 302
    assert staff.get(reverse("meeting:index")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"starts_at": "2026-10-25 02:30"}, "starts_at", "komt twee keer"),
        ({"ends_at": "2026-10-25 18:00"}, "ends_at", "eindigt voordat"),
        ({"people_reached": "12"}, "people_reached", "nog niet begonnen"),
        ({"languages": []}, "languages", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    staff: Client, campaign: Campaign, changes: dict[str, Any], field: str, words: str
) -> None:
    response = staff.post(reverse("meeting:add"), typed(campaign, **changes))
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert words in str(errors[field])
    assert Event.objects.count() == 0


def test_the_calendar_of_the_team_shows_meetings(campaign: Campaign) -> None:
    meeting(campaign, title="Wandelen")
    meeting(campaign, title="Praten", is_cancelled=True, starts_at=NOON + timedelta(days=2))
    meeting(CampaignFactory(), title="Van een ander")
    with override("nl"):
        shown = on_calendar(NOON, NOON + timedelta(days=7), campaign.pk)
    assert [event.title for event in shown] == ["Wandelen", "Gaat niet door: Praten"]
    assert shown[0].place == "Roermond"
    assert len(on_calendar(NOON, NOON + timedelta(days=7))) == 3
