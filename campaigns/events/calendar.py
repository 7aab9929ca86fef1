"""Calendar files (RFC 5545) of meetings, with the time zone they are held in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, vText
from icalendar import Event as CalendarEvent

if TYPE_CHECKING:
    from campaigns.models import Event

ZONE = ZoneInfo(settings.TIME_ZONE)
PRODUCT = "-//Drieklank//Campaigns//EN"


def calendar_file(events: Iterable[Event], language: str, name: str, page_address: str) -> bytes:
    """One calendar with these meetings, told in ``language``. ``page_address`` is absolute and ends with a slash."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    for event in events:
        calendar.add_component(_entry(event, language, page_address))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _entry(event: Event, language: str, page_address: str) -> CalendarEvent:
    entry, text = CalendarEvent(), event.text_in(language)
    entry.add("uid", f"{event.uid}@drieklank")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("dtstart", event.starts_at.astimezone(ZONE))
    entry.add("dtend", event.ends_at.astimezone(ZONE))
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("url", f"{page_address}events/{event.uid}/")
    if text:
        for name, value in (("summary", text.title), ("description", text.text)):
            entry.add(name, vText(value, params={"LANGUAGE": text.language}))
        entry.add("location", ", ".join(filter(None, [text.place, event.address, event.town])))
    return entry
