"""Other things that happen: whoever knows of some registers a source, and the calendar shows them beside the posts.

``register_event_source(source)`` in an app's ``ready()``; a source takes the first moment, the moment after the last, and
the campaign that is filtered for (None: all), makes as few queries as it can, and returns ``CalendarEvent``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something with a time and a place. ``url`` leads to where staff change it; empty when nowhere."""

    uid: str  # the same for ever: calendar programs know it by this
    title: str
    begins_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    language: str = ""
    url: str = ""
    campaign: str = ""


EventSource = Callable[[datetime, datetime, int | None], Iterable[CalendarEvent]]

_sources: list[EventSource] = []


def register_event_source(source: EventSource) -> EventSource:
    """Show what ``source`` knows on the calendar and in its feeds. Registering it twice is the same as once."""
    if source not in _sources:
        _sources.append(source)
    return source


def events_between(begin: datetime, end: datetime, campaign: int | None = None) -> list[CalendarEvent]:
    """Everything that begins in ``begin <= … < end``, in its order."""
    found = [event for source in _sources for event in source(begin, end, campaign)]
    return sorted(found, key=lambda event: (event.begins_at, event.uid))
