"""The private link: made, found again by what it proves, renewed, revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import override

from stories.consent.models import ConsentRecord, PrivateLink

from .auditing import Action, Actor, note

SECRET_BYTES = 32
HANDLE_LENGTH = 12
"""The first letters of a token find its row; the rest, which is compared, still holds more than 180 bits."""


def digest_of_token(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(record: ConsentRecord, actor: Actor) -> tuple[PrivateLink, str]:
    """A new link and its whole address, in the person's language. The address cannot be shown a second time."""
    token = secrets.token_urlsafe(SECRET_BYTES)
    link = PrivateLink.objects.create(
        record=record,
        handle=token[:HANDLE_LENGTH],
        digest=digest_of_token(token),
        created_by=actor.user,
        expires_at=timezone.now() + timedelta(days=settings.CONSENT_LINK_DAYS),
    )
    note(record, Action.LINK_MADE, actor, link=link.pk)
    return link, address_of(token, record.language)


def address_of(token: str, language: str) -> str:
    with override(language):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("my_story", args=[token])


def find_link(token: str) -> PrivateLink | None:
    """The link that ``token`` opens or once opened. Whether it still works is asked of the link."""
    link = PrivateLink.objects.select_related("record").filter(handle=token[:HANDLE_LENGTH]).first()
    # Compared also when there is none, so that the time tells nothing.
    matches = constant_time_compare(link.digest if link else digest_of_token(""), digest_of_token(token))
    return link if link and matches else None


@transaction.atomic
def revoke_link(link: PrivateLink, actor: Actor) -> bool:
    """Close a link. False when it was closed before."""
    revoked = PrivateLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    if revoked:
        note(link.record, Action.LINK_REVOKED, actor, link=link.pk)
    return bool(revoked)
