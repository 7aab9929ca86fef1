"""Which services look like the same one, so that nobody brings a service in twice under two keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from support.models import SupportService
from support.telephone import read_number


class Likeness:
    """Remembers services by what no two of them should share: name, telephone number, website."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str], str] = {}

    def add(self, service: SupportService, numbers: Iterable[str], called: str) -> None:
        for mark in _marks(service, numbers):
            self._seen.setdefault(mark, called)

    def remarks(self, service: SupportService, numbers: Iterable[str]) -> list[str]:
        """A sentence for each thing that ``service`` shares with one that was added before."""
        words = {
            "name": _("It has the same name as %(other)s."),
            "phone": _("It has the same telephone number as %(other)s."),
            "site": _("It has the same website as %(other)s."),
        }
        return [
            words[mark[0]] % {"other": self._seen[mark]}
            for mark in _marks(service, numbers)
            if mark in self._seen
        ]


def _marks(service: SupportService, numbers: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    yield "name", service.country, _bare(service.name)
    for number in numbers:
        try:
            read = read_number(number, service.country)
        except ValidationError:
            continue
        yield "phone", "" if read.e164 else service.country, read.e164 or read.dialled
    if service.site:
        address = urlsplit(service.site)
        host = (address.hostname or "").removeprefix("www.")
        yield "site", host, address.path.rstrip("/")


def _bare(name: str) -> str:
    """Letters and digits alone: “G.G.D. Zuid-Limburg” and “GGD Zuid Limburg” are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))
