"""What a teller can change by the private link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stories.consent.admin.forms import LONGEST, refuse_hidden_marks
from stories.consent.dates import today
from stories.consent.models import ConsentRecord
from stories.consent.purposes import Purpose


class AgreementForm(forms.Form):
    """Each purpose ticked by itself, and the last day."""

    until = forms.DateField(
        label=_("Until and including"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, record: ConsentRecord, **kwargs: Any) -> None:
        initial = {"until": record.until, **{purpose.value: True for purpose in record.purposes}}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for purpose in Purpose:
            self.fields[purpose.value] = forms.BooleanField(label=purpose.label, required=False)

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until < today():
            raise ValidationError(
                _("This day has passed. To stop now, choose “stop sharing my story” below.")
            )
        if until > today() + LONGEST:
            raise ValidationError(_("Choose a day within the next ten years."))
        return until

    @property
    def purposes(self) -> set[Purpose]:
        return {purpose for purpose in Purpose if self.cleaned_data.get(purpose.value)}


class WordForm(forms.Form):
    """What a teller says about a version they have read."""

    decision = forms.ChoiceField(choices=[("approved", ""), ("changes", "")])
    digest = forms.CharField(max_length=64)
    remark = forms.CharField(
        label=_("What should change?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[refuse_hidden_marks],
        error_messages={"max_length": _("This is too long: at most 5,000 characters.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "changes" and not data.get("remark") and "remark" not in self.errors:
            self.add_error("remark", _("Write what should change, so that we can do it."))
        return data
