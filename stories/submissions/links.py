"""The private link of a teller: made once, stored as a digest, compared in constant time."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from stories.consent.actions.linking import HANDLE_LENGTH, SECRET_BYTES, digest_of_token
from stories.submissions.models import Submission

SALT = "stories.submissions.form"


def new_token() -> tuple[str, str, str]:
    """A token with the handle and the digest that are stored of it."""
    token = secrets.token_urlsafe(SECRET_BYTES)
    return token, token[:HANDLE_LENGTH], digest_of_token(token)


def find_submission(token: str) -> Submission | None:
    submission = Submission.objects.filter(handle=token[:HANDLE_LENGTH]).first()
    # Compared also when there is none, so that the time tells nothing.
    known = submission.digest if submission else digest_of_token("")
    matches = constant_time_compare(known, digest_of_token(token))
    return submission if submission and matches else None


def address_of(token: str) -> str:
    """The whole address, in the language of the page that shows it."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("submission", args=[token])


def word_for(submission: Submission) -> str:
    """What a form carries instead of a cookie: which submission it is about, and the version it showed."""
    return signing.dumps([submission.pk, submission.version], salt=SALT)


def version_in(word: str, submission: Submission) -> int | None:
    """The version that a form showed; None for a word that is not ours or of another submission."""
    try:
        pk, version = signing.loads(word, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return version if pk == submission.pk else None
