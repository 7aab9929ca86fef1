"""What happens to consents: one verb a function. Views and tasks call these and hold no rules of their own."""

from .auditing import SYSTEM, TELLER, Actor, note, officer
from .linking import find_link, make_link, revoke_link
from .recording import (
    ChangedMeanwhile,
    Withdrawn,
    change_agreement,
    change_record,
    record_consent,
)
from .reviewing import latest_reviews, review_version, version_in
from .withdrawing import withdraw_story

__all__ = [
    "SYSTEM",
    "TELLER",
    "Actor",
    "ChangedMeanwhile",
    "Withdrawn",
    "change_agreement",
    "change_record",
    "find_link",
    "latest_reviews",
    "make_link",
    "note",
    "officer",
    "record_consent",
    "review_version",
    "revoke_link",
    "version_in",
    "withdraw_story",
]
