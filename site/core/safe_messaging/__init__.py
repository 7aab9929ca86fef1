"""Safe messaging about suicide: what a text should not say, why, and what to say instead.

Knows texts and word lists, no pages: ``core.safe_messaging.pages`` reads a page into passages. The guidance is that
of the WHO's "Preventing suicide: a resource for media professionals" (2023). A list of words never replaces a person
who reads: it finds what is known, in Dutch, German and French.
"""

from .checking import blocking, check_passages
from .findings import Finding, Kind, Passage

__all__ = ["Finding", "Kind", "Passage", "blocking", "check_passages"]
