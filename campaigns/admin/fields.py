"""Form fields that several forms of campaigns share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.widgets import AdminDateTimeInput

from campaigns.clock import clock_change_problem


class PlannedTimeField(forms.DateTimeField):
    """A time on the wall clock. One inside a clock change is refused with a sentence that names the change."""

    widget = AdminDateTimeInput

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            wall_time = error.params.get("datetime") if error.params else None
            problem = clock_change_problem(wall_time) if wall_time else None
            if problem is None:
                raise
            raise ValidationError(problem, code="clock_change") from None
