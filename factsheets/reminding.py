"""Mails to the people who look after sheets and facts: before a date, and when it has come. Each goes out once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.mail import send_mail

from factsheets.models import Fact, FactsheetPage, SentReminder, SheetReview
from factsheets.models.facts import today
from factsheets.models.reviews import review_due_on
from factsheets.usage import users_of

logger = logging.getLogger(__name__)

AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reminder:
    """An occasion to write to somebody: ``kind`` names the texts, ``key`` the occasion, so that it goes out once."""

    kind: str
    key: str
    subject: Any
    day: date
    people: tuple[Any, ...]
    pages: tuple[Any, ...] = ()


def send_reminders() -> int:
    """How many mails went out. One that could not be sent is tried again the next time."""
    return sum(_send(reminder, person) for reminder in due_reminders(today()) for person in reminder.people)


def due_reminders(day: date) -> Iterator[Reminder]:
    yield from _about_reviews(day)
    yield from _about_facts(day)
    yield from _about_answers(day)


def _about_reviews(day: date) -> Iterator[Reminder]:
    for page, due in sheets_with_due_date():
        people = _people([page.sheet_owner or page.owner])
        stage = _stage(due, day)
        if stage and people:
            yield Reminder(
                f"review_{stage}", f"review:{page.translation_key}:{due}:{stage}", page, due, people, (page,)
            )


def sheets_with_due_date() -> list[tuple[FactsheetPage, date]]:
    """The sheets that are online, in their source language, with the day somebody must look at them again."""
    sheets = list(
        FactsheetPage.objects.live()
        .filter(locale__language_code=settings.LANGUAGE_CODE)
        .select_related("sheet_owner", "owner")
    )
    newest: dict[Any, SheetReview] = {}
    keys = [sheet.translation_key for sheet in sheets]
    for review in SheetReview.objects.filter(sheet_key__in=keys).order_by("reviewed_on", "pk"):
        newest[review.sheet_key] = review
    pairs = [(sheet, review_due_on(sheet, newest.get(sheet.translation_key))) for sheet in sheets]
    return sorted(pairs, key=lambda pair: pair[1])


def _about_facts(day: date) -> Iterator[Reminder]:
    for fact in Fact.objects.select_related("owner").prefetch_related("periods", "usages__content_object"):
        ending = fact.period_on(day) or fact.last_period_before(day)
        pages = tuple(users_of(fact))
        people = _people([fact.owner, *(_owner_of(page) for page in pages)])
        if ending is None or not people:
            continue
        if ending.valid_until and not fact.period_on(ending.valid_until + timedelta(days=1)):
            stage = _stage(ending.valid_until + timedelta(days=1), day)
            if stage:
                key = f"fact:{fact.key}:{ending.valid_until}:{stage}"
                yield Reminder(f"fact_{stage}", key, fact, ending.valid_until, people, pages)
        if ending.next_check_on and ending.next_check_on <= day:
            key = f"fact:{fact.key}:check:{ending.next_check_on}"
            yield Reminder("fact_check", key, fact, ending.next_check_on, people, pages)


def _about_answers(day: date) -> Iterator[Reminder]:
    """Once a day, what readers wrote the day before."""
    yesterday = day - timedelta(days=1)
    written = FactsheetPage.objects.filter(answers__given_on=yesterday).exclude(answers__text="").distinct()
    for page in written.select_related("sheet_owner", "owner"):
        if people := _people([_owner_of(page)]):
            yield Reminder("answers", f"answers:{page.pk}:{yesterday}", page, yesterday, people, (page,))


def _stage(due: date, day: date) -> str:
    """``ahead`` in the last days before, ``due`` from the day itself, nothing earlier."""
    if day >= due:
        return "due"
    return "ahead" if day >= due - AHEAD else ""


def _owner_of(page: Any) -> Any:
    return getattr(page, "sheet_owner", None) or getattr(page, "owner", None)


def _people(candidates: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(
        dict.fromkeys(person for person in candidates if person and person.is_active and person.email)
    )


def _send(reminder: Reminder, person: Any) -> int:
    key = f"{reminder.key}:{person.pk}"
    if SentReminder.objects.filter(key=key).exists():
        return 0
    row, created = SentReminder.objects.get_or_create(key=key)
    if not created:
        return 0
    try:
        _mail(reminder, person)
    except (SMTPException, OSError):
        logger.exception("The reminder %s could not be sent; it is tried again", reminder.key)
        row.delete()
        return 0
    return 1


def _mail(reminder: Reminder, person: Any) -> None:
    profile = getattr(person, "wagtail_userprofile", None)
    with override(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE):
        context = {"reminder": reminder, "person": person, "pages": _with_addresses(reminder.pages)}
        subject = render_to_string(f"factsheets/mail/{reminder.kind}_subject.txt", context).strip()
        text = render_to_string(f"factsheets/mail/{reminder.kind}.txt", context)
    send_mail(" ".join(subject.split()), text, [person.email])


def _with_addresses(pages: Iterable[Any]) -> list[tuple[Any, str]]:
    finder = AdminURLFinder()
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return [(page, f"{base}{finder.get_edit_url(page) or ''}") for page in pages]
