"""Pages behind a private link: the address is the key, there is no account and no cookie, and a visit leaves nothing.

A link is found by the first letters of its token and proven by a digest of all of it, compared in constant time.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare

SECRET_BYTES = 32
HANDLE_LENGTH = 12
HOURS = timedelta(hours=12)


def new_token() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def handle_of(token: str) -> str:
    return token[:HANDLE_LENGTH]


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def proves(token: str, digest: str | None) -> bool:
    """Whether ``token`` is the one of this digest. Takes as long when there is none, so that the time tells nothing."""
    return constant_time_compare(digest or digest_of(""), digest_of(token)) and digest is not None


def leave_nothing(response: HttpResponse) -> HttpResponse:
    """No cache keeps the page, no search engine lists it, no other site learns of its address."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response.cookies.clear()
    return response


def nonce_for(purpose: str, state: str) -> str:
    """A signed word for a form: worth something for one thing in one ``state``, and for some hours."""
    return TimestampSigner(salt=purpose).sign(state)


def nonce_fits(nonce: str, purpose: str, state: str) -> bool:
    try:
        return bool(TimestampSigner(salt=purpose).unsign(nonce, max_age=HOURS) == state)
    except BadSignature:
        return False
