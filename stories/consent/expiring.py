"""On its last day a consent ends by itself; long after a withdrawal, the names go too."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from stories.consent.actions.auditing import SYSTEM, Action, note
from stories.consent.dates import today
from stories.consent.enforcing import enforce_consent
from stories.consent.mail import tell_officers, tell_person
from stories.consent.models import ConsentRecord
from stories.models import StoryPage


def take_expired_offline() -> int:
    """Take offline what nobody agrees to any more since midnight. Returns how many stories."""
    online = StoryPage.objects.filter(live=True, is_example=False).values("translation_key")
    ended = ConsentRecord.objects.active().filter(ends_on__lt=today(), story_key__in=online)
    return sum(_end(record) for record in ended)


def _end(record: ConsentRecord) -> bool:
    offline = enforce_consent(record.story_key)
    if not offline:
        return False
    languages = sorted({page.locale.language_code for page in offline})
    note(record, Action.TAKEN_OFFLINE, SYSTEM, languages=languages, ended=record.ends_on.isoformat())
    tell_officers("ended", record=record)
    tell_person(record, "ended_teller")
    return True


def erase_identities() -> int:
    """Names, contacts and evidence of withdrawn consents, once they are not needed as a proof any more."""
    before = timezone.now() - timedelta(days=settings.CONSENT_PROOF_DAYS)
    old = ConsentRecord.objects.filter(
        state=ConsentRecord.State.WITHDRAWN, withdrawn_at__lt=before, identity_erased_at=None
    )
    return sum(_erase_identity(record) for record in old)


@transaction.atomic
def _erase_identity(record: ConsentRecord) -> bool:
    name = record.evidence.name
    ConsentRecord.objects.filter(pk=record.pk).update(
        identity={}, evidence="", may_mail=False, identity_erased_at=timezone.now()
    )
    note(record, Action.IDENTITY_ERASED, SYSTEM)
    if name:
        transaction.on_commit(lambda: record.evidence.storage.delete(name))
    return True
