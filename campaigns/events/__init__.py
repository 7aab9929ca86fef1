"""Meetings of campaigns: which there are between two moments, and their calendar files."""

from .listing import events_between

__all__ = ["events_between"]
