"""Services as a page shows them: with their hours said at one moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from support.choices import Answer, language_name
from support.models import Meeting, Municipality, SupportService
from support.saying import OpenNow, open_now, week_in_words

MEETINGS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A service at a moment; everything a template needs and the database does not have to be asked for."""

    service: SupportService
    now: OpenNow
    week: list[str]
    languages: list[str]
    meetings: list[Meeting]
    kilometres: int | None = None  # from the reader's municipality, to five kilometres

    @property
    def is_free(self) -> bool:
        return self.service.is_free == Answer.YES


def card_of(service: SupportService, moment: datetime, place: Municipality | None = None) -> ServiceCard:
    hours = service.opening_hours
    upcoming = [meeting for meeting in service.meetings.all() if meeting.starts_at >= moment]
    return ServiceCard(
        service=service,
        now=open_now(service, moment),
        week=week_in_words(hours) if hours and not hours.always else [],
        languages=[language_name(code) for code in service.languages],
        meetings=sorted(upcoming, key=lambda meeting: meeting.starts_at)[:MEETINGS_SHOWN],
        kilometres=_distance(service, place) if place else None,
    )


def _distance(service: SupportService, place: Municipality) -> int | None:
    """To the nearest municipality that the service names, rounded to five kilometres."""
    distances = [place.kilometres_to(other) for other in service.municipalities.all()]
    known = [distance for distance in distances if distance is not None]
    return 5 * round(min(known) / 5) if known else None


def cards_of(services: Iterable[SupportService], place: Municipality | None = None) -> list[ServiceCard]:
    moment = timezone.now()
    return [card_of(service, moment, place) for service in services]


def help_lines(language: str, country: str = "", exactly: bool = False) -> list[ServiceCard]:
    """The lines of ``country`` (all of them when empty), those that speak ``language`` first. Three queries.

    ``exactly`` leaves out the lines of all countries, which a page shows by themselves.
    """
    services = SupportService.objects.lines().prefetch_related("phones", "meetings")
    services = services.filter(country=country) if exactly else services.in_country(country)
    cards = cards_of(services)
    return sorted(
        cards, key=lambda card: (card.service.position >= 10, language not in card.service.languages)
    )
