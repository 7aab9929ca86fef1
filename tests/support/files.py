"""A file of services as an editor chooses one, and a service that is there already."""

from __future__ import annotations

from support.models import SupportService

HEADING = "key;kind;name;country;hours;phones"
LOKET = "loket;municipality;Loket Vaals;NL;Mo-Fr 09:00-17:00;0800-0113"


def file_of(*lines: str, heading: str = HEADING) -> str:
    return "\r\n".join([heading, *lines]) + "\r\n"


def service(key: str = "loket", **fields: object) -> SupportService:
    defaults = {"kind": "municipality", "name": "Loket Vaals", "country": "NL"}
    return SupportService.objects.create(key=key, **{**defaults, **fields})
