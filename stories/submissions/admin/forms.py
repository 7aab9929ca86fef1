from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from stories.submissions.cleaning import ProseField

from .access import people_for_submissions


class ReplyForm(forms.Form):
    text = ProseField(
        label=_("Your answer"),
        help_text=_(
            "The teller reads it behind their private address. Write as to somebody you do not know."
        ),
        longest=5000,
        rows=5,
        required=True,
        error_messages={"required": _("Write your message first.")},
    )


class DeclineForm(forms.Form):
    reason = ProseField(
        label=_("Why we cannot make a story of it"),
        help_text=_("The teller reads this. Be kind and clear; thank them."),
        longest=3000,
        rows=4,
        required=True,
        error_messages={"required": _("Give a reason: the teller has a right to one.")},
    )


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("Assigned to"),
        queryset=get_user_model().objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people_for_submissions()  # type: ignore[attr-defined]
