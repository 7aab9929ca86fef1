"""The columns of a file: how each part of a service is written in a cell, and how a cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from support.choices import EVERYWHERE, Answer
from support.models import Municipality, SupportService
from support.telephone import read_number

BETWEEN = "; "
LANGUAGES = [code for code, __ in settings.LANGUAGES]
YES, NO = "yes", "no"
LONGEST_PLACE = 200  # letters, as ``Meeting.place`` takes them

_PHONE = re.compile(r"(?P<number>.*?)(?:\s*\(from abroad: (?P<answer>yes|no)\))?")
_MEETING = re.compile(r"(?P<day>\S+)\s+(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:\s+(?P<place>.*))?")
_DEGREES = re.compile(r"-?\d{1,3}(?:[.,]\d{1,20})?", re.ASCII)
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    # As spreadsheets in the three countries write a date back.
    re.compile(r"(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./](?P<year>\d{4})"),
)


class Places:
    """Municipalities by country and any of their names; two that share a name in a country are none."""

    def __init__(self, municipalities: Iterable[Municipality]) -> None:
        self._own: dict[tuple[str, str], set[Municipality]] = {}
        self._other: dict[tuple[str, str], set[Municipality]] = {}
        for place in municipalities:
            for country in (place.country, EVERYWHERE):
                self._own.setdefault((country, place.name.casefold()), set()).add(place)
                for name in (place.name_nl, place.name_de, place.name_fr):
                    if name:
                        self._other.setdefault((country, name.casefold()), set()).add(place)

    def named(self, name: str, country: str) -> Municipality:
        """Raises ``ValidationError`` when there is none, or more than one."""
        asked = (country, name.casefold())
        found = self._own.get(asked) or self._other.get(asked) or set()
        if len(found) == 1:
            return next(iter(found))
        words = (
            _("More than one municipality is called “%(name)s”.")
            if found
            else _("No municipality of this country is called “%(name)s”.")
        )
        raise ValidationError(words % {"name": name})


@dataclass(slots=True)
class Reading:
    """What a cell is read with: the country beside it, and remarks that it leaves for the preview."""

    country: str
    places: Places
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Column:
    """``write`` makes the cell of a service; ``read`` the value of a cell, or a ``ValidationError``."""

    name: str
    write: Callable[[SupportService], str]
    read: Callable[[str, Reading], Any]
    label: Any


def _label(name: str) -> Any:
    return SupportService._meta.get_field(name).verbose_name


def _text(name: str) -> Column:
    """An empty cell means what the form begins with: nothing, or the choice that stands there at first."""
    empty = str(SupportService._meta.get_field(name).get_default() or "")
    return Column(
        name, lambda service: str(getattr(service, name)), lambda cell, __: cell or empty, _label(name)
    )


def _codes(name: str) -> Column:
    return Column(
        name,
        lambda service: BETWEEN.join(getattr(service, name)),
        lambda cell, __: list(dict.fromkeys(parts(cell))),
        _label(name),
    )


def _answer(name: str) -> Column:
    return Column(
        name,
        lambda service: str(getattr(service, name)),
        lambda cell, __: cell.lower() or Answer.UNKNOWN,
        _label(name),
    )


def _yes_or_no(name: str) -> Column:
    def read(cell: str, reading: Reading) -> bool:
        if cell.lower() not in (YES, NO, ""):
            raise ValidationError(_("Write yes or no, not “%(cell)s”.") % {"cell": cell})
        return cell.lower() == YES

    return Column(name, lambda service: YES if getattr(service, name) else NO, read, _label(name))


def _date(name: str) -> Column:
    def write(service: SupportService) -> str:
        day = getattr(service, name)
        return day.isoformat() if day else ""

    return Column(name, write, lambda cell, __: read_date(cell), _label(name))


def _coordinate(name: str) -> Column:
    def write(service: SupportService) -> str:
        degrees = getattr(service, name)
        return "" if degrees is None else f"{degrees:.7f}".rstrip("0").rstrip(".")  # to a centimetre

    return Column(name, write, lambda cell, __: read_degrees(cell), _label(name))


def read_degrees(cell: str) -> float | None:
    """Degrees with a point or, as spreadsheets of the three countries write them, a comma."""
    if not cell:
        return None
    if not _DEGREES.fullmatch(cell):
        raise ValidationError(
            _("“%(cell)s” is no coordinate: write degrees such as 50.8514.") % {"cell": cell}
        )
    return float(cell.replace(",", "."))


def parts(cell: str) -> list[str]:
    """What a cell lists: with semicolons, or with commas where there is no semicolon."""
    between = ";" if ";" in cell else ","
    return [part.strip() for part in cell.split(between) if part.strip()]


def read_date(cell: str) -> date | None:
    if not cell:
        return None
    for pattern in _DATES:
        if match := pattern.fullmatch(cell):
            try:
                return date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                break
    raise ValidationError(_("“%(cell)s” is no day: write 2026-11-30.") % {"cell": cell})


def _read_position(cell: str, reading: Reading) -> int:
    if not cell:
        return int(SupportService._meta.get_field("position").default)
    if not (cell.isascii() and cell.isdigit() and len(cell) < 6):
        raise ValidationError(_("“%(cell)s” is no whole number.") % {"cell": cell})
    return int(cell)


def said_places(places: Iterable[Municipality]) -> str:
    return BETWEEN.join(sorted(place.name for place in places))


def _read_municipalities(cell: str, reading: Reading) -> list[Municipality]:
    found = []
    for name in parts(cell):
        place = reading.places.named(name, reading.country)
        if place.merged_into_id:
            words = _("“%(old)s” became part of “%(new)s”: the service will stand there.")
            reading.remarks.append(words % {"old": place.name, "new": place.current.name})
        found.append(place.current)
    return sorted(set(found), key=lambda place: place.name)


def said_phones(phones: Iterable[tuple[str, str]]) -> str:
    return BETWEEN.join(
        number + (f" (from abroad: {answer})" if answer != Answer.UNKNOWN else "")
        for number, answer in phones
    )


def phones_of(service: SupportService) -> list[tuple[str, str]]:
    """(number as written, whether it can be reached from abroad) of each."""
    return [(phone.number, phone.from_abroad) for phone in service.phones.all()]


def _read_phones(cell: str, reading: Reading) -> list[tuple[str, str]]:
    found = []
    for text in (part.strip() for part in cell.split(";")):
        match = _PHONE.fullmatch(text)
        if text and match:
            read_number(match["number"], reading.country)
            found.append((match["number"], match["answer"] or Answer.UNKNOWN))
    return found


def said_meetings(meetings: Iterable[tuple[datetime, str]]) -> str:
    """By the clock of the service: “2026-12-01 19:30 Buurthuis; 2027-01-05 19:30”."""
    return BETWEEN.join(
        f"{starts_at:%Y-%m-%d %H:%M} {place}".strip() for starts_at, place in sorted(meetings)
    )


def meetings_of(service: SupportService) -> list[tuple[datetime, str]]:
    """(start by the service's own clock, place) of each; a semicolon parts meetings, so a place has none."""
    return [
        (meeting.starts_at.astimezone(service.zone), " ".join(meeting.place.replace(";", ",").split()))
        for meeting in service.meetings.all()
    ]


def _read_meetings(cell: str, reading: Reading) -> list[tuple[datetime, str]]:
    zone = SupportService(country=reading.country).zone
    return sorted({_read_meeting(text.strip(), zone) for text in cell.split(";") if text.strip()})


def _read_meeting(text: str, zone: ZoneInfo) -> tuple[datetime, str]:
    wrong = ValidationError(
        _("“%(cell)s” is no meeting: write 2026-11-30 19:30 and the place.") % {"cell": text}
    )
    match = _MEETING.fullmatch(text)
    day = read_date(match["day"]) if match else None
    if match is None or day is None or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        raise wrong
    moment = datetime.combine(day, time(int(match["hour"]), int(match["minute"])), tzinfo=zone)
    if moment.astimezone(UTC).astimezone(zone) != moment:  # the hour that summer time leaves out
        raise wrong
    place = " ".join((match["place"] or "").split())
    if len(place) > LONGEST_PLACE:
        raise wrong
    return moment, place


def _columns() -> Iterable[Column]:
    yield _text("key")
    yield _text("kind")
    yield _text("name")
    for stem in ("name", "description", "for_whom", "payment"):
        yield from (_text(f"{stem}_{code}") for code in LANGUAGES)
    yield _text("country")
    yield _text("region")
    yield Column(
        "municipalities",
        lambda service: said_places(service.municipalities.all()),
        _read_municipalities,
        _label("municipalities"),
    )
    yield from (_codes(name) for name in ("languages", "audiences", "themes"))
    yield from (_answer(name) for name in ("is_free", "self_referral"))
    yield _text("hours")
    yield Column(
        "phones",
        lambda service: said_phones(phones_of(service)),
        _read_phones,
        gettext_lazy("telephone numbers"),
    )
    yield Column(
        "meetings",
        lambda service: said_meetings(meetings_of(service)),
        _read_meetings,
        gettext_lazy("meetings"),
    )
    yield from (_yes_or_no(name) for name in ("has_chat", "has_email"))
    yield from (_text(name) for name in ("email", "site", "address"))
    yield from (_coordinate(name) for name in ("latitude", "longitude"))
    yield from (_text(name) for name in ("provenance", "source", "status"))
    yield from (_date(name) for name in ("last_check", "next_check"))
    yield Column("position", lambda service: str(service.position), _read_position, _label("position"))


COLUMNS: Mapping[str, Column] = {column.name: column for column in _columns()}
NEEDED = ("key", "name")
