"""The calendar as iCalendar, at a private address: made, found again by what it proves, revoked."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from campaigns.calendar.access import may_see
from campaigns.calendar.entries import Entry, entries_between
from campaigns.calendar.events import CalendarEvent, events_between
from campaigns.calendar.filters import filters_from
from campaigns.models import CalendarFeed

SECRET_BYTES = 32
HANDLE_LENGTH = 12  # finds the row; the rest, which is compared, still holds more than 180 bits
BEHIND, AHEAD = timedelta(days=60), timedelta(days=400)
TAKES = timedelta(minutes=15)  # how long a post is drawn in a calendar program; it goes out in a moment


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def make_feed(user: Any, name: str, filters: dict[str, Any], language: str) -> tuple[CalendarFeed, str]:
    """A new feed and its whole address, which cannot be shown a second time."""
    token = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed.objects.create(
        user=user,
        name=name,
        filters={key: getattr(value, "pk", value) for key, value in filters.items()},
        language=language,
        handle=token[:HANDLE_LENGTH],
        digest=digest_of(token),
    )
    return feed, settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("calendar_feed", args=[token])


def find_feed(token: str) -> CalendarFeed | None:
    """The feed that ``token`` opens: not revoked, and of somebody who may still see the calendar."""
    feed = CalendarFeed.objects.select_related("user").filter(handle=token[:HANDLE_LENGTH]).first()
    # Compared also when there is none, so that the time tells nothing.
    matches = constant_time_compare(feed.digest if feed else digest_of(""), digest_of(token))
    if feed is None or not matches or feed.revoked_at or not feed.user.is_active or not may_see(feed.user):
        return None
    return feed


def revoke_feed(feed: CalendarFeed) -> None:
    CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=timezone.now())


def feed_content(feed: CalendarFeed) -> bytes:
    """What a calendar program reads (RFC 5545), in the language of the activated translation."""
    now = timezone.now()
    begin, end = now - BEHIND, now + AHEAD
    filters = filters_from(feed.filters)
    calendar = Calendar()
    calendar.add("prodid", "-//Drieklank//campaigns//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Drieklank: {feed.name}")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries_between(begin, end, filters):
        calendar.add_component(_post_event(entry, now))
    campaign = filters.get("campaign")
    for event in events_between(begin, end, campaign.pk if campaign else None):
        calendar.add_component(_other_event(event, now))
    return calendar.to_ical()


def _absolute(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _uid(name: str) -> str:
    return f"{name}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}"


def _post_event(entry: Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", _uid(f"post-{entry.key}"))
    event.add("dtstamp", now)
    event.add("dtstart", entry.at.astimezone(UTC))
    event.add("dtend", (entry.at + TAKES).astimezone(UTC))
    event.add("summary", f"{entry.language.upper()} · {entry.text[:70]}")
    lines = [entry.campaign, str(entry.look.label), entry.places, "", entry.text]
    event.add("description", "\n".join(lines))
    event.add("url", _absolute(entry.url))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    return event


def _other_event(known: CalendarEvent, now: datetime) -> Event:
    event = Event()
    event.add("uid", _uid(known.uid))
    event.add("dtstamp", now)
    event.add("dtstart", known.begins_at.astimezone(UTC))
    event.add("dtend", (known.ends_at or known.begins_at + timedelta(hours=1)).astimezone(UTC))
    event.add("summary", known.title)
    if known.place:
        event.add("location", known.place)
    if known.campaign:
        event.add("description", _("Campaign: %(name)s") % {"name": known.campaign})
    if known.url:
        event.add("url", _absolute(known.url) if known.url.startswith("/") else known.url)
    return event
