"""Writing a plan that somebody confirmed, all of it or nothing; and the directory as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from wagtail.log_actions import log

from support.importing.columns import COLUMNS
from support.importing.planning import Plan, Planned, plan_import
from support.importing.reading import guarded
from support.models import Meeting, Phone, SupportService
from support.signals import directory_changed
from support.telephone import read_number

DELIMITER = ";"  # what spreadsheets of the three countries expect
BYTE_ORDER_MARK = "\ufeff"  # they then read UTF-8


class DirectoryChanged(Exception):
    """The directory is no longer what the preview was compared with: nothing was written."""


def write_import(text: str, confirmed: str, user: Any) -> Plan:
    """Bring a file in whose plan has the fingerprint ``confirmed``. Raises ``DirectoryChanged``."""
    try:
        with transaction.atomic():
            plan = plan_import(text)
            if not plan.can_be_written or plan.fingerprint != confirmed:
                raise DirectoryChanged
            _write(plan)
            for one in (*plan.new, *plan.changed):
                columns = [change.column for change in one.changes]
                log(one.service, "support.import", user=user, data={"columns": columns})
            transaction.on_commit(lambda: directory_changed.send(sender=SupportService))
    except IntegrityError as error:  # somebody else added a service with this key in the same moment
        raise DirectoryChanged from error
    return plan


def _write(plan: Plan) -> None:
    written = [*plan.new, *plan.changed]
    for one in written:
        one.service.plan_next_check()
        if any(change.column == "site" for change in one.changes):
            one.service.forget_site_state()
    SupportService.objects.bulk_create([one.service for one in plan.new])
    own = [field.name for field in SupportService._meta.concrete_fields if field.name in COLUMNS]
    own += ["site_checked_at", "site_fails_since", "site_state"]
    SupportService.objects.bulk_update([one.service for one in plan.changed], own, batch_size=200)
    _write_municipalities([one for one in written if "municipalities" in one.related])
    _write_phones([one for one in written if "phones" in one.related])
    _write_meetings([one for one in written if "meetings" in one.related])


def _write_municipalities(planned: Iterable[Planned]) -> None:
    through: type[Model] = SupportService.municipalities.through
    pairs = [(one.service.pk, one.related["municipalities"]) for one in planned]
    _delete(through, [pk for pk, __ in pairs], "supportservice_id")
    through._default_manager.bulk_create(
        [through(supportservice_id=pk, municipality_id=place.pk) for pk, places in pairs for place in places]
    )


def _write_phones(planned: Iterable[Planned]) -> None:
    services = [(one.service, one.related["phones"]) for one in planned]
    _delete(Phone, [service.pk for service, __ in services], "service_id")
    Phone.objects.bulk_create(
        [
            Phone(
                service=service,
                number=number,
                from_abroad=answer,
                international=read_number(number, service.country).e164,
            )
            for service, phones in services
            for number, answer in phones
        ]
    )


def _write_meetings(planned: Iterable[Planned]) -> None:
    services = [(one.service, one.related["meetings"]) for one in planned]
    _delete(Meeting, [service.pk for service, __ in services], "service_id")
    Meeting.objects.bulk_create(
        [
            Meeting(service=service, starts_at=starts_at, place=place)
            for service, meetings in services
            for starts_at, place in meetings
        ]
    )


def _delete(model: type[Model], services: list[Any], field: str) -> None:
    for start in range(0, len(services), 500):  # SQLite takes so many parameters and no more
        model._default_manager.filter(**{f"{field}__in": services[start : start + 500]}).delete()


class _Line:
    """What csv writes a row to: it hands the row back."""

    def write(self, row: str) -> str:
        return row


def export_lines() -> Iterator[str]:
    """Every service as a line that can be imported again, after a first line with the columns."""
    writer = csv.writer(_Line(), delimiter=DELIMITER)
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    services = SupportService.objects.prefetch_related("phones", "meetings", "municipalities").order_by("key")
    for service in services:
        yield writer.writerow([guarded(column.write(service)) for column in COLUMNS.values()])
