from .audit import AuditEntry, TrailEntry
from .links import PrivateLink
from .records import ConsentRecord, ConsentTick, How
from .reviews import VersionReview
from .texts import ConsentText, NeverChanged
from .withdrawals import SentReminder, Step, Withdrawal, WithdrawalStep, WithdrawnAddress

__all__ = [
    "AuditEntry",
    "ConsentRecord",
    "ConsentText",
    "ConsentTick",
    "How",
    "NeverChanged",
    "PrivateLink",
    "SentReminder",
    "Step",
    "TrailEntry",
    "VersionReview",
    "Withdrawal",
    "WithdrawalStep",
    "WithdrawnAddress",
]
