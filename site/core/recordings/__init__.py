"""Sound and film without what a device or a program wrote into them: place, time, names, pictures of a cover."""

from .cleaning import KINDS, without_notes

__all__ = ["KINDS", "without_notes"]
