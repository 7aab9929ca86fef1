"""Slots: the times of the week at which an account likes to be heard, and the next one that is still free."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from campaigns.calendar.entries import drafts
from campaigns.models import PlatformPost, Slot, SocialAccount
from campaigns.planning.times import ImpossibleTimeError, moment_at, wall_time
from campaigns.states import Status

WEEKS_AHEAD = 26
DOES_NOT_TAKE_A_SLOT = (Status.CANCELLED, Status.REMOVED, Status.FAILED)

# As people write them in Dutch, German, French and English; "ma" and "mar", "do" and "so" never mean two days.
WEEKDAYS: tuple[tuple[str, ...], ...] = (
    ("ma", "maandag", "mo", "montag", "lun", "lundi", "mon", "monday"),
    ("di", "dinsdag", "dienstag", "mar", "mardi", "tue", "tuesday"),
    ("wo", "woe", "woensdag", "mi", "mittwoch", "mer", "mercredi", "wed", "wednesday"),
    ("do", "donderdag", "donnerstag", "jeu", "jeudi", "thu", "thursday"),
    ("vr", "vrijdag", "fr", "freitag", "ven", "vendredi", "fri", "friday"),
    ("za", "zaterdag", "sa", "samstag", "sam", "samedi", "sat", "saturday"),
    ("zo", "zondag", "so", "sonntag", "dim", "dimanche", "sun", "sunday"),
)
NUMBERS = {name: number for number, names in enumerate(WEEKDAYS) for name in names}
ONE_SLOT = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:[:.h](\d{2}))?\s*(?:h|uur|uhr)?", re.IGNORECASE)


def parse_slots(text: str) -> list[tuple[int, time]]:
    """“di 19:30, do 12:00” as weekdays (Monday is 0) and times, in the order of the week.

    Raises ``ValidationError`` that names the part which is no slot.
    """
    found: set[tuple[int, time]] = set()
    for part in re.split(r"[,;\n]", text):
        if not part.strip():
            continue
        match = ONE_SLOT.fullmatch(part.strip())
        weekday = NUMBERS.get(match[1].lower()) if match else None
        try:
            if match is None or weekday is None:
                raise ValueError
            found.add((weekday, time(int(match[2]), int(match[3] or 0))))
        except ValueError as error:
            words = _("“%(part)s” is no slot. Write a day and a time, such as: %(example)s.")
            raise ValidationError(words % {"part": part.strip(), "example": _("Tue 19:30")}) from error
    return sorted(found)


@transaction.atomic
def keep_slots(account: SocialAccount, slots: Iterable[tuple[int, time]]) -> None:
    """Let the account have these slots and no others."""
    account.slots.all().delete()
    Slot.objects.bulk_create(Slot(account=account, weekday=day, time=clock) for day, clock in slots)


def slot_times(slots: Sequence[tuple[int, time]], after: datetime) -> Iterable[datetime]:
    """The moments of these slots after ``after``, the soonest first; one that a clock change eats is left out."""
    midnight = wall_time(after).replace(hour=0, minute=0, second=0, microsecond=0)
    for number in range(WEEKS_AHEAD * 7 + 1):
        day = midnight + timedelta(days=number)
        for weekday, clock in sorted(slots):
            if weekday != day.weekday():
                continue
            try:
                moment = moment_at(datetime.combine(day, clock))
            except ImpossibleTimeError:
                continue
            if moment > after:
                yield moment


def taken_times(account: SocialAccount, after: datetime) -> set[datetime]:
    """The minutes at which something goes out on this account, or a draft hopes to."""
    rows = PlatformPost.objects.filter(account=account, due_at__gt=after - timedelta(minutes=1))
    planned = rows.exclude(status__in=DOES_NOT_TAKE_A_SLOT).values_list("due_at", flat=True)
    hopes = drafts().filter(targets__account=account, hoped_for__isnull=False)
    hoped = (parse_datetime(text) for text in hopes.values_list("hoped_for", flat=True))
    return {_minute(moment) for moment in (*planned, *hoped) if moment}


def _minute(moment: datetime) -> datetime:
    return localtime(moment).replace(second=0, microsecond=0)


def free_slots(account: SocialAccount, after: datetime, number: int = 1) -> list[datetime]:
    """The next slots of this account at which nothing is planned; none when it has no slots."""
    slots = list(account.slots.values_list("weekday", "time"))
    if not slots:
        return []
    taken = taken_times(account, after)
    return list(islice((moment for moment in slot_times(slots, after) if moment not in taken), number))


def common_free_slots(accounts: Sequence[SocialAccount], after: datetime, number: int = 3) -> list[datetime]:
    """The next free slots of the first of these accounts that has any: the others go along."""
    for account in accounts:
        if found := free_slots(account, after, number):
            return found
    return []


def slots_as_text(account: SocialAccount) -> str:
    """The slots as ``parse_slots`` reads them, in the reader's language."""
    return ", ".join(str(slot) for slot in account.slots.all())
