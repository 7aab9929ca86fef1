"""Meetings as lists, and what they count for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from campaigns.calendar.events import CalendarEvent, register_event_source
from campaigns.goals import Reached, register_measure

if TYPE_CHECKING:
    from campaigns.models import Campaign, Event

CALLED_OFF = _("Called off: {title}")


def events_between(start: datetime, end: datetime, campaign: Campaign | None = None) -> list[Event]:
    """The meetings that touch the time from ``start`` until before ``end``, in their order. Two queries.

    Those that were called off are among them; ``is_cancelled`` says so.
    """
    from campaigns.models import Event

    events = Event.objects.between(start, end).select_related("campaign").prefetch_related("texts")
    return list(events.filter(campaign=campaign) if campaign else events)


@register_measure("events", _("Meetings held"))
def count_events(campaign: Campaign) -> Reached:
    """Meetings that are over and were not called off. Examples are counted apart."""
    from campaigns.models import Event

    now = timezone.now()
    examples = Event.objects.over(now).filter(campaign=campaign, is_example=True).count()
    note = ngettext_lazy("{number} example is not counted", "{number} examples are not counted", examples)
    held = Event.objects.held(now).filter(campaign=campaign).count()
    return Reached(held, note.format(number=examples) if examples else "")


@register_measure("people", _("People reached at meetings"))
def count_people(campaign: Campaign) -> Reached:
    """The numbers typed in after meetings. Without any it is not known how many came."""
    from campaigns.models import Event

    held = Event.objects.held(timezone.now()).filter(campaign=campaign)
    counted = held.aggregate(people=Sum("people_reached"), meetings=Count("people_reached"))
    note = _("counted at {counted} of {held} meetings").format(counted=counted["meetings"], held=held.count())
    return Reached(counted["people"], note if held else "")


@register_event_source
def meetings_on_calendar(begin: datetime, end: datetime, campaign: int | None) -> list[CalendarEvent]:
    """Meetings that begin in this time, for the team's calendar. Two queries."""
    from campaigns.models import Event

    events = Event.objects.filter(starts_at__gte=begin, starts_at__lt=end).select_related("campaign")
    if campaign is not None:
        events = events.filter(campaign=campaign)
    return [_on_calendar(event) for event in events.prefetch_related("texts")]


def _on_calendar(event: Event) -> CalendarEvent:
    title = format_lazy(CALLED_OFF, title=str(event)) if event.is_cancelled else event
    return CalendarEvent(
        uid=f"{event.uid}@drieklank",
        title=str(title),
        begins_at=event.starts_at,
        ends_at=event.ends_at,
        place=event.town,
        url=reverse("meeting:edit", args=[event.pk]),
        campaign=event.campaign.name,
    )
