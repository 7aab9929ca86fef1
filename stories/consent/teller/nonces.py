"""Forms without cookies: each carries a signed word that holds for one link, one state of the consent, a few hours."""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

from stories.consent.models import ConsentRecord, PrivateLink

SALT = "stories.consent.form"
HOURS = timedelta(hours=12)


def nonce_for(link: PrivateLink, record: ConsentRecord) -> str:
    """Sent twice, or after somebody else changed the consent, it is worth nothing: the version has moved on."""
    return TimestampSigner(salt=SALT).sign(f"{link.pk}.{record.version}")


def version_in_nonce(nonce: str, link: PrivateLink) -> int | None:
    """The version of the consent the person saw; None for a nonce that is not ours, too old, or of another link."""
    try:
        pk, version = TimestampSigner(salt=SALT).unsign(nonce, max_age=HOURS).split(".")
    except (BadSignature, ValueError):
        return None
    return int(version) if pk == str(link.pk) and version.isdecimal() else None
