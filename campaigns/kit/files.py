"""A kit to take along: a calendar file, and a ZIP of everything that may be used now."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.template.defaultfilters import truncatechars
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from campaigns.kit.filling import Ready
from campaigns.kit.models import PartnerKit
from campaigns.qr_codes import qr_png, qr_svg

A_MOMENT = timedelta(minutes=15)


def calendar_of(kit: PartnerKit, items: Iterable[Ready]) -> bytes:
    """One event for each post that has a time: when it is good to post it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Drieklank//Partner kit//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", str(kit))
    for ready in items:
        if ready.planned_at is None:
            continue
        event = Event()
        event.add("uid", f"kit-{kit.pk}-{ready.item.pk}@drieklank")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", ready.planned_at)
        event.add("dtend", ready.planned_at + A_MOMENT)
        event.add("summary", _("Post: %(title)s") % {"title": ready.title})
        event.add("description", ready.whole_text)
        if ready.link:
            event.add("url", ready.link)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def archive_of(kit: PartnerKit, items: list[Ready]) -> bytes:
    read_me, calendar = _("read-me"), _("calendar")
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{read_me}.txt", _read_me(kit, items))
        archive.writestr(f"{calendar}.ics", calendar_of(kit, items))
        for ready in items:
            for name, content in _files_of(ready):
                archive.writestr(f"{ready.name}/{name}", content)
    return output.getvalue()


def _files_of(ready: Ready) -> Iterator[tuple[str, bytes]]:
    text, shown = _("text"), _("what-the-image-shows")
    yield f"{text}.txt", ready.whole_text.encode()
    if ready.alt:
        yield f"{shown}.txt", ready.alt.encode()
    for picture in ready.pictures:
        yield f"{picture.format}.{picture.extension}", picture.read()
    if ready.link:
        yield "qr.svg", qr_svg(ready.link)
        yield "qr.png", qr_png(ready.link)


def _read_me(kit: PartnerKit, items: Iterable[Ready]) -> str:
    lines = [
        str(kit),
        "",
        _("As it was on %(day)s. What is withdrawn later must not be used any more: your page tells you.")
        % {"day": timezone.localdate().isoformat()},
        "",
        *(f"{ready.name}: {truncatechars(ready.title, 100)}" for ready in items),
    ]
    return "\r\n".join(lines)
