"""Making and changing a consent record. Two people at once: the second is told, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.consent.enforcing import enforce_later
from stories.consent.evidence import digest_of, evidence_name
from stories.consent.models import ConsentRecord, ConsentText, ConsentTick, How, Withdrawal
from stories.consent.purposes import Part, Purpose

from .auditing import Action, Actor, note


class ChangedMeanwhile(ValidationError):
    """Somebody else changed the record after this person opened it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else changed this consent in the meantime. Nothing of yours was saved: compare, and save again."
            )
        )


class Withdrawn(ValidationError):
    """The consent was withdrawn; that is final."""

    def __init__(self) -> None:
        super().__init__(_("This consent was withdrawn. It cannot be changed any more."))


def lock_record(pk: int, seen_version: int | None = None) -> ConsentRecord:
    """The record for a change, inside a transaction, with its version counted on.

    ``seen_version`` is the version the person had before them. Raises ``ChangedMeanwhile`` or ``Withdrawn``.
    """
    rows = ConsentRecord.objects.filter(pk=pk)
    if seen_version is not None:
        rows = rows.filter(version=seen_version)
    if not rows.update(version=F("version") + 1):
        raise ChangedMeanwhile
    record = ConsentRecord.objects.prefetch_related("ticks__text").get(pk=pk)
    if not record.is_active:
        raise Withdrawn
    return record


@transaction.atomic
def record_consent(
    story_key: UUID,
    *,
    actor: Actor,
    language: str,
    how: How,
    until: date,
    identity: Mapping[str, Any],
    purposes: Iterable[Purpose] = (),
    role: ConsentRecord.Role = ConsentRecord.Role.TELLER,
    is_minor: bool = False,
    given_at: datetime | None = None,
    may_mail: bool = False,
    sees_versions: bool = True,
    evidence: File[Any] | None = None,
    evidence_ending: str = "",
) -> ConsentRecord:
    """Write down what somebody agreed to. Without purposes, the person ticks them by the private link.

    Raises ``ValidationError`` when the story has its teller's consent already, or was withdrawn.
    """
    if Withdrawal.objects.filter(story_key=story_key).exists():
        raise ValidationError(_("The consent for this story was withdrawn. That is final."))
    record = ConsentRecord(
        story_key=story_key,
        role=role,
        language=language,
        how=how,
        until=until,
        identity=dict(identity),
        is_minor=is_minor,
        may_mail=may_mail,
        sees_versions=sees_versions,
        created_by=actor.user,
    )
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        raise ValidationError(
            _("Somebody has recorded the teller’s consent for this story already. Open that one.")
        ) from None
    note(record, Action.CREATED, actor, role=record.role, how=record.how, until=until.isoformat())
    if evidence is not None:
        keep_evidence(record, evidence, evidence_ending, actor)
    set_purposes(record, set(purposes), actor, how=how, given_at=given_at)
    return record


def keep_evidence(record: ConsentRecord, evidence: File[Any], ending: str, actor: Actor) -> None:
    """Keep a file that ``check_evidence`` let through. An older one goes when the new one is safe."""
    old = record.evidence.name
    record.evidence_digest = digest_of(evidence)  # type: ignore[arg-type]
    record.evidence.save(evidence_name(record, ending), evidence, save=False)
    record.save(update_fields=["evidence", "evidence_digest"])
    note(record, Action.EVIDENCE_ADDED, actor, digest=record.evidence_digest)
    if old:
        transaction.on_commit(lambda: record.evidence.storage.delete(old))


def set_purposes(
    record: ConsentRecord,
    purposes: set[Purpose],
    actor: Actor,
    *,
    how: How,
    given_at: datetime | None = None,
) -> tuple[set[Purpose], set[Purpose]]:
    """Let exactly ``purposes`` be agreed to. Gives what was newly agreed, and what was taken back.

    Each tick keeps the text in force in the person's language. The first tick also agrees to the general text.
    """
    now = timezone.now()
    held = record.ticks_in_force()
    agreed = purposes - record.purposes
    taken_back = record.purposes - purposes
    parts = [Part(purpose.value) for purpose in Purpose if purpose in agreed]
    if parts and Part.GENERAL not in held:
        parts.insert(0, Part.GENERAL)
    texts = ConsentText.objects.in_force(record.language)
    for part in parts:
        ConsentTick.objects.create(
            record=record, part=part, text=texts[part], how=how, given_at=given_at or now
        )
    if agreed:
        versions = {part.value: texts[part].version for part in parts}
        note(record, Action.AGREED, actor, texts=versions, language=record.language, how=how)
        if record.given_at is None:
            record.given_at = given_at or now
            record.save(update_fields=["given_at"])
    if taken_back:
        record.ticks.filter(part__in=taken_back, ended_at=None).update(ended_at=now)
        note(record, Action.TAKEN_BACK, actor, purposes=sorted(taken_back))
    if hasattr(record, "_prefetched_objects_cache"):
        record._prefetched_objects_cache.pop("ticks", None)
    if taken_back:
        enforce_later(record.story_key)
    return agreed, taken_back


@transaction.atomic
def change_agreement(
    pk: int, seen_version: int, actor: Actor, *, purposes: set[Purpose], until: date, how: How
) -> ConsentRecord:
    """Change what is agreed to and until when, as the teller can by the private link."""
    record = lock_record(pk, seen_version)
    set_purposes(record, purposes, actor, how=how)
    _set_until(record, until, actor)
    return record


@transaction.atomic
def change_record(
    pk: int,
    seen_version: int,
    actor: Actor,
    *,
    purposes: set[Purpose],
    until: date,
    how: How,
    identity: Mapping[str, Any],
    evidence: File[Any] | None = None,
    evidence_ending: str = "",
    **fields: Any,
) -> ConsentRecord:
    """Change a record as an officer can. ``fields`` are fields of the record."""
    record = lock_record(pk, seen_version)
    changed = sorted(name for name, value in fields.items() if getattr(record, name) != value)
    if dict(record.identity) != dict(identity):
        changed.append("identity")
    for name, value in fields.items():
        setattr(record, name, value)
    record.identity = dict(identity)
    record.save()
    if changed:
        note(record, Action.CHANGED, actor, fields=changed)
    if evidence is not None:
        keep_evidence(record, evidence, evidence_ending, actor)
    set_purposes(record, purposes, actor, how=how)
    _set_until(record, until, actor)
    enforce_later(record.story_key)
    return record


def _set_until(record: ConsentRecord, until: date, actor: Actor) -> None:
    if record.until == until:
        return
    note(record, Action.UNTIL, actor, before=record.until.isoformat(), after=until.isoformat())
    shorter = until < record.until
    record.until = until
    record.save(update_fields=["until"])
    if shorter:
        enforce_later(record.story_key)
