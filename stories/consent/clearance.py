"""May this version of a story be used for this, today? If not, which tick is missing?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.sharing import Clearance, SharingUse
from core.translations.progress import language_name
from stories.consent.dates import adult_on, today
from stories.consent.models import ConsentRecord, VersionReview, Withdrawal
from stories.consent.purposes import PURPOSE_OF_USE, Purpose
from stories.consent.versions import Files, digest_of, files_of
from stories.models import StoryPage

NO_RECORD = _("There is no consent of the teller for this story yet. A consent officer records it.")
WITHDRAWN = _("The consent for this story was withdrawn. It can never be published again.")
EXAMPLE_WITH_CONSENT = _(
    "A person’s consent belongs to this story, so it is no example. Take the mark “example” off."
)


def consent_for(page: StoryPage, use: SharingUse, day: date | None = None) -> Clearance:
    """Whether everybody concerned agreed to ``use`` of exactly this version on ``day`` (today, when not given).

    An example is fiction: nobody has to agree. That holds only while no real person's consent belongs to it.
    """
    if Withdrawal.objects.filter(story_key=page.translation_key).exists():
        return Clearance(reasons=(WITHDRAWN,), may_return=False)
    records = list(ConsentRecord.objects.of_story(page.translation_key))
    if page.is_example:
        return Clearance(reasons=(EXAMPLE_WITH_CONSENT,)) if records else Clearance()
    if not any(record.role == ConsentRecord.Role.TELLER for record in records):
        return Clearance(reasons=(NO_RECORD,))
    wanted = needed_for(page, use, files_of(page))
    reasons = [reason for record in records for reason in _missing(record, page, wanted, day or today())]
    return Clearance(reasons=tuple(reasons))


def needed_for(page: StoryPage, use: SharingUse, files: Files) -> set[Purpose]:
    """The ticks a version needs, apart from translation, which depends on who ticks."""
    wanted = {PURPOSE_OF_USE[use]}
    if files.images:
        wanted.add(Purpose.PHOTO)
    if files.spoken:
        wanted.add(Purpose.VOICE)
    return wanted


def _missing(record: ConsentRecord, page: StoryPage, wanted: set[Purpose], day: date) -> Iterator[Any]:
    who = record.get_role_display()
    language = page.locale.language_code
    if not record.purposes:
        yield _say(_("Nothing has been agreed to yet ({who})."), who=who)
        return
    if day > record.ends_on:
        yield _ended(record, who)
        return
    if language != record.language:
        wanted = wanted | {Purpose.TRANSLATION}
    for purpose in Purpose:
        if purpose in wanted - record.purposes:
            yield _say(_("The tick for “{purpose}” is missing ({who})."), purpose=purpose.label, who=who)
    if record.sees_versions:
        yield from _unseen(record, page, language, who)


def _ended(record: ConsentRecord, who: Any) -> Any:
    birth_date = record.birth_date
    if birth_date and adult_on(birth_date) <= record.until:
        return _say(_("This person is 18 now and has to agree anew ({who})."), who=who)
    return _say(_("The consent ended on {day} ({who})."), day=_day(record.ends_on), who=who)


def _unseen(record: ConsentRecord, page: StoryPage, language: str, who: Any) -> Iterator[Any]:
    """An approval holds for the version that was seen; the last word about that version counts."""
    digest = digest_of(page)
    said = list(
        VersionReview.objects.filter(record=record, language=language)
        .order_by("pk")
        .values_list("digest", "decision")
    )
    decision = next((decision for seen, decision in reversed(said) if seen == digest), None)
    if decision == VersionReview.Decision.APPROVED:
        return
    if decision == VersionReview.Decision.CHANGES:
        sentence = _("Changes to the version in {language} are asked for ({who}).")
    elif said:
        sentence = _(
            "The version in {language} was changed after it was shown; it has to be approved anew ({who})."
        )
    else:
        sentence = _("The version in {language} is not approved yet ({who}).")
    yield _say(sentence, language=_language(page.locale), who=who)


def _say(sentence: Any, **values: Any) -> Any:
    return format_lazy(sentence, **values)


# Reasons are written by a worker and read later, by people of three languages.
_language = lazy(language_name, str)
_day = lazy(lambda day: date_format(day, "DATE_FORMAT"), str)
