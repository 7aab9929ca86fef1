"""Sixty, thirty and seven days before a consent ends: a mail to the officers and, where allowed, to the person."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from stories.consent.actions.auditing import SYSTEM, Action, note
from stories.consent.actions.linking import make_link
from stories.consent.dates import adult_on, today
from stories.consent.mail import tell_officers, tell_person
from stories.consent.models import ConsentRecord, SentReminder
from stories.models import StoryPage

DAYS_BEFORE = (60, 30, 7)


def send_reminders() -> int:
    """Send what is due. One that was missed, because nothing ran that day, is caught up by the next smaller one."""
    soon = today() + timedelta(days=max(DAYS_BEFORE))
    ending = ConsentRecord.objects.active().filter(
        ends_on__gte=today(), ends_on__lte=soon, given_at__isnull=False
    )
    used = set(StoryPage.objects.filter(live=True).values_list("translation_key", flat=True))
    return sum(_remind(record) for record in ending if record.story_key in used)


def _remind(record: ConsentRecord) -> bool:
    left = (record.ends_on - today()).days
    due = min(days for days in DAYS_BEFORE if days >= left)
    if SentReminder.objects.filter(record=record, ends_on=record.ends_on, days=due).exists():
        return False
    with transaction.atomic():
        # Noted first: of two workers one stops here; and if no mail can be sent, this is taken back with the rest.
        __, fresh = SentReminder.objects.get_or_create(
            record=record, ends_on=record.ends_on, days=due, defaults={"sent_at": timezone.now()}
        )
        if not fresh:
            return False
        if not _tell(record, left):
            transaction.set_rollback(True)
            return False
        note(record, Action.REMINDED, SYSTEM, days=left)
    return True


def _tell(record: ConsentRecord, left: int) -> bool:
    birth_date = record.birth_date
    context = {
        "record": record,
        "days": left,
        "turns_adult": bool(birth_date and adult_on(birth_date) <= record.until),
    }
    told = False
    if record.may_mail and record.identity.get("email"):
        __, address = make_link(record, SYSTEM)
        told = tell_person(
            record, "ending_teller", days=left, turns_adult=context["turns_adult"], address=address
        )
    return tell_officers("ending", **context) or told
