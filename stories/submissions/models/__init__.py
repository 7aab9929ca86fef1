from .audit import SubmissionEntry
from .messages import SubmissionMessage
from .submissions import FileKind, HeldBack, Submission, SubmissionQuerySet

__all__ = [
    "FileKind",
    "HeldBack",
    "Submission",
    "SubmissionEntry",
    "SubmissionMessage",
    "SubmissionQuerySet",
]
