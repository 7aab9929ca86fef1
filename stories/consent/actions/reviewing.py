"""A teller's word on a language version: exactly the version they saw."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stories.consent.enforcing import enforce_later
from stories.consent.models import ConsentRecord, VersionReview
from stories.consent.versions import digest_of, newest_content, versions_of
from stories.models import StoryPage

from .auditing import Action, Actor, note
from .recording import lock_record


def version_in(record: ConsentRecord, language: str) -> StoryPage | None:
    """The language version as it would go online now, if there is one."""
    page = versions_of(record.story_key).filter(locale__language_code=language, alias_of=None).first()
    return newest_content(page) if page else None


def latest_reviews(record: ConsentRecord) -> dict[str, VersionReview]:
    """The review that counts, by language."""
    return {review.language: review for review in record.reviews.order_by("pk")}


@transaction.atomic
def review_version(
    record_pk: int,
    language: str,
    seen_digest: str,
    decision: VersionReview.Decision,
    actor: Actor,
    *,
    remark: str = "",
    seen_version: int | None = None,
) -> VersionReview:
    """Write down that a version was approved, or that changes are asked for: then it is not online meanwhile.

    Raises ``ValidationError`` when the version is not the one that was seen any more.
    """
    record = lock_record(record_pk, seen_version)
    page = version_in(record, language)
    if page is None or digest_of(page) != seen_digest:
        raise ValidationError(
            _("This version was changed since you opened it. Please read it again before you decide.")
        )
    review = VersionReview.objects.create(
        record=record,
        language=language,
        digest=seen_digest,
        decision=decision,
        remark=remark,
        noted_by=actor.user,
    )
    approved = decision == VersionReview.Decision.APPROVED
    if not approved:
        enforce_later(record.story_key)
    note(
        record,
        Action.APPROVED if approved else Action.CHANGES,
        actor,
        language=language,
        digest=seen_digest[:16],
    )
    return review
