"""What in a story could tell who somebody is. Hints for editors, never a refusal: they know what was agreed."""

from .finding import hints_in, hints_on

__all__ = ["hints_in", "hints_on"]
