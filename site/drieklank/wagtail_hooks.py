"""The hooks of the roof; Wagtail looks for this module."""

from drieklank.access import hooks  # noqa: F401 - registers them
