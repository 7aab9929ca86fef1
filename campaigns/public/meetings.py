"""A meeting as a campaign's page tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from campaigns.models import CampaignPage, Event, EventText

LANGUAGE_NAMES = dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting in the language of the page, or in one it has: ``text.language`` says which."""

    event: Event
    text: EventText
    url: str
    calendar_url: str

    @property
    def languages(self) -> list[str]:
        return [LANGUAGE_NAMES[code] for code in self.event.languages if code in LANGUAGE_NAMES]

    @property
    def access(self) -> list[Any]:
        return self.event.accessibility_labels


def told(events: Iterable[Event], page: CampaignPage) -> list[Meeting]:
    """These meetings on that page; one without any text is not shown."""
    language, start = page.locale.language_code, page.url
    meetings = []
    for event in events:
        text = event.text_in(language)
        if text:
            url, calendar = (
                f"{start}{page.reverse_subpage(name, args=[event.uid])}"
                for name in ("event", "event_calendar")
            )
            meetings.append(Meeting(event, text, url, calendar))
    return meetings
