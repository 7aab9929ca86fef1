"""A field for a few of some known choices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoiceListField(models.JSONField):
    """A list of the values of some ``options``, stored as JSON in the order of the options."""

    def __init__(self, *args: Any, options: Iterable[tuple[Any, Any]] = (), **kwargs: Any) -> None:
        self.options = list(options)
        super().__init__(*args, **{"default": list, **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field:
        field = forms.MultipleChoiceField(
            choices=self.options,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )
        field.initial = self.get_default()
        return field

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        known = [str(option) for option, __ in self.options]
        if not isinstance(value, list) or any(item not in known for item in value):
            raise ValidationError(_("Choose from the list."), code="invalid_choice")

    def labels(self, value: Iterable[str]) -> list[Any]:
        """The names of the chosen options, in their order."""
        chosen = set(value)
        return [label for option, label in self.options if option in chosen]

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, f"{name}_labels", property(lambda row: self.labels(getattr(row, name))))
