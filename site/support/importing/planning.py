"""What a file would change in the directory, line by line. Nothing is written here."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from support.importing.columns import (
    COLUMNS,
    NEEDED,
    Column,
    Places,
    Reading,
    phones_of,
    said_meetings,
    said_phones,
    said_places,
)
from support.importing.likeness import Likeness
from support.importing.reading import Row, Table, normal, read_table
from support.models import Municipality, SupportService
from support.telephone import read_number

# What is kept in other tables than the service's own, and how a cell says it.
RELATED: dict[str, Callable[[Any], str]] = {
    "municipalities": said_places,
    "phones": said_phones,
    "meetings": said_meetings,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs; ``old`` is empty for a service that is new."""

    column: str
    label: Any
    old: str
    new: str


@dataclass(slots=True)
class Planned:
    """What becomes of one line: its service with the values of the file, not saved."""

    line: int
    service: SupportService
    changes: list[Change] = field(default_factory=list)
    related: dict[str, Any] = field(default_factory=dict)  # values of ``RELATED`` that change
    remarks: list[str] = field(default_factory=list)  # to look at before confirming, no reason to refuse


@dataclass(frozen=True, slots=True)
class Refused:
    line: int
    name: str
    reasons: list[str]


@dataclass(slots=True)
class Plan:
    """The whole file. It is written as a whole, so one refused line keeps all of it out."""

    new: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    unchanged: list[Planned] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)

    @property
    def can_be_written(self) -> bool:
        return not self.refused and bool(self.new or self.changed)

    @property
    def fingerprint(self) -> str:
        """The same as long as both the file and what it would change are the same."""
        told = [
            (kind, one.line, one.service.key, change.column, change.old, change.new)
            for kind in ("new", "changed")
            for one in getattr(self, kind)
            for change in one.changes
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def plan_import(text: str) -> Plan:
    """Compare a file with the directory as it is now, in five queries. Raises ``UnreadableFile``."""
    table = read_table(text, COLUMNS, NEEDED)
    known = SupportService.objects.prefetch_related("phones", "meetings", "municipalities")
    by_key = {service.key: service for service in known}
    places = Places(Municipality.objects.select_related("merged_into"))
    plan = Plan(unknown_columns=table.unknown)
    lines: dict[str, int] = {}
    for row in table.rows:
        key = row.cells.get("key", "")
        outcome = _refused_outright(row, lines) or _plan_row(row, table, by_key.get(key), places)
        if key:
            lines.setdefault(key, row.line)
        _sort_in(plan, outcome, is_known=key in by_key)
    _remark_duplicates(plan, by_key.values())
    return plan


def _sort_in(plan: Plan, outcome: Planned | Refused, *, is_known: bool) -> None:
    if isinstance(outcome, Refused):
        plan.refused.append(outcome)
    elif not is_known:
        plan.new.append(outcome)
    else:
        (plan.changed if outcome.changes else plan.unchanged).append(outcome)


def _refused_outright(row: Row, lines: dict[str, int]) -> Refused | None:
    key, name = row.cells.get("key", ""), row.cells.get("name", "")
    if row.fault:
        return Refused(row.line, name, [row.fault])
    if not key:
        return Refused(
            row.line, name, [_("It has no key. A key is a short name that stays, such as ggd-limburg.")]
        )
    if key in lines:
        words = _("The key “%(key)s” stands on line %(line)d already: the file has this service twice.")
        return Refused(row.line, name, [words % {"key": key, "line": lines[key]}])
    return None


def _plan_row(row: Row, table: Table, known: SupportService | None, places: Places) -> Planned | Refused:
    service = copy.copy(known) if known else SupportService()
    planned = Planned(row.line, service)
    reading = Reading(row.cells.get("country", known.country if known else ""), places, planned.remarks)
    faults: list[str] = []
    for column in (COLUMNS[name] for name in table.columns):
        old = normal(column.write(known)) if known else ""
        if known and row.cells[column.name] == old:
            continue
        try:
            value = column.read(row.cells[column.name], reading)
        except ValidationError as error:
            faults += [f"{column.label}: {message}" for message in error.messages]
            continue
        new = _put(planned, column, value)
        if new != old:
            planned.changes.append(Change(column.name, column.label, old, new))
    if known and service.country != known.country:
        faults += _numbers_in_the_other_country(planned, known)
    if planned.changes or not known:
        faults += _faults_of(service)
    return Refused(row.line, row.cells["name"], faults) if faults else planned


def _put(planned: Planned, column: Column, value: Any) -> str:
    """Give the planned service its value, and say it as its cell would."""
    if say := RELATED.get(column.name):
        planned.related[column.name] = value
        return say(value)
    setattr(planned.service, column.name, value)
    return normal(column.write(planned.service))


def _numbers_in_the_other_country(planned: Planned, known: SupportService) -> list[str]:
    """A number is checked, and dialled from abroad, by the country beside it: numbers that stay are read anew."""
    if "phones" in planned.related:
        return []
    planned.related["phones"] = phones_of(known)
    faults = []
    for number, __ in planned.related["phones"]:
        try:
            read_number(number, planned.service.country)
        except ValidationError as error:
            faults += error.messages
    return faults


def _faults_of(service: SupportService) -> list[str]:
    """What the form of a service would say. Whether the key is taken is known already."""
    try:
        service.clean_fields()
        service.clean()
    except ValidationError as error:
        return [
            f"{COLUMNS[name].label if name in COLUMNS else name}: {message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []


def _remark_duplicates(plan: Plan, known: Iterable[SupportService]) -> None:
    """Tell of new services that look like one that is there, or like another in the file."""
    likeness = Likeness()
    for service in known:
        likeness.add(service, [phone.number for phone in service.phones.all()], service.name)
    for one in plan.new:
        numbers = [number for number, __ in one.related.get("phones", [])]
        one.remarks += likeness.remarks(one.service, numbers)
        words = _("“%(name)s” on line %(line)d") % {"name": one.service.name, "line": one.line}
        likeness.add(one.service, numbers, words)
