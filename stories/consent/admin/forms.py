"""What an officer fills in. Every refusal is one sentence at its field, and what was typed stays."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser

from stories.consent.dates import adult_on, today
from stories.consent.evidence import check_evidence
from stories.consent.models import ConsentRecord, ConsentText, How
from stories.consent.purposes import Part, Purpose
from stories.models import StoryPage

LONGEST = timedelta(days=3653)  # ten years; nobody can oversee more
IDENTITY = ("name", "email", "phone", "post", "birth_date", "guardian", "guardian_contact", "witness")
# Marks that turn the direction of writing make a name look like another one.
HIDDEN_MARKS = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]")


def refuse_hidden_marks(text: str) -> None:
    if HIDDEN_MARKS.search(text):
        raise ValidationError(_("This text holds hidden characters. Type it anew instead of pasting it."))


def line(label: Any, length: int = 200, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("required", False)
    return forms.CharField(label=label, max_length=length, validators=[refuse_hidden_marks], **kwargs)


class ConsentForm(forms.Form):
    """A whole record, to make it or to change it."""

    role = forms.ChoiceField(label=_("Person"), choices=ConsentRecord.Role.choices)
    language = forms.ChoiceField(
        label=_("Language of the person"),
        choices=settings.LANGUAGES,
        help_text=_(
            "In which the story was told and the consent is given. Other languages are translations."
        ),
    )
    name = line(_("Name"), required=True, help_text=_("Stored encrypted; only consent officers read it."))
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=200)
    phone = line(_("Phone"), 40)
    post = line(_("Postal address"), 400)
    may_mail = forms.BooleanField(
        label=_("May be mailed"),
        required=False,
        help_text=_("Reminders before the end, and a new private link when the old one has expired."),
    )
    is_minor = forms.BooleanField(label=_("Younger than 18"), required=False)
    birth_date = forms.DateField(
        label=_("Date of birth"),
        required=False,
        widget=AdminDateInput,
        help_text=_("For minors alone: at 18 they have to agree anew."),
    )
    guardian = line(_("Parent or guardian who agrees too"))
    guardian_contact = line(_("How to reach the parent or guardian"))
    how = forms.ChoiceField(label=_("How the consent is given"), choices=How.choices)
    witness = line(_("Witness"), help_text=_("For a spoken consent: who heard it."))
    given_on = forms.DateField(
        label=_("Given on"), required=False, widget=AdminDateInput, help_text=_("Empty: today.")
    )
    purposes = forms.MultipleChoiceField(
        label=_("Agrees to"),
        choices=Purpose.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing when the person will do it by the private link."),
    )
    until = forms.DateField(
        label=_("Until"), widget=AdminDateInput, help_text=_("The last day on which the story may be used.")
    )
    sees_versions = forms.BooleanField(
        label=_("Approves each language version"),
        required=False,
        initial=True,
        help_text=_("A version goes online only after this person has approved exactly that version."),
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        required=False,
        help_text=_("The signed form or a recording: PDF, JPEG, PNG, MP3, M4A, OGG or WAV, at most 10 MB."),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: ConsentRecord | None = None, **kwargs: Any) -> None:
        self.record = record
        self.evidence_ending = ""
        super().__init__(*args, **kwargs)

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until < today():
            raise ValidationError(_("This day has passed. Choose a later one."))
        if until > today() + LONGEST:
            raise ValidationError(_("Choose a day within the next ten years."))
        return until

    def clean_given_on(self) -> Any:
        given_on = self.cleaned_data["given_on"]
        if given_on and given_on > today():
            raise ValidationError(_("A consent cannot be given in the future."))
        return given_on

    def clean_evidence(self) -> Any:
        evidence = self.cleaned_data["evidence"]
        if evidence:
            self.evidence_ending = check_evidence(evidence)
        return evidence

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_minor(data)
        if data.get("may_mail") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Without an address nobody can be mailed."))
        if data.get("how") == How.SPOKEN and not data.get("witness") and "witness" not in self.errors:
            self.add_error("witness", _("A spoken consent needs a witness."))
        has_file = data.get("evidence") or (self.record and self.record.evidence)
        on_paper = data.get("how") == How.PAPER and data.get("purposes")
        if on_paper and not has_file and "evidence" not in self.errors:
            self.add_error("evidence", _("Add a scan or a photo of the signed form."))
        return data

    def _check_minor(self, data: dict[str, Any]) -> None:
        birth_date = data.get("birth_date")
        if not data.get("is_minor"):
            data["birth_date"] = None
            return
        if birth_date is None:
            if "birth_date" not in self.errors:
                self.add_error("birth_date", _("Fill in the date of birth: at 18 a new consent is needed."))
        elif birth_date > today() or adult_on(birth_date) <= today():
            self.add_error("birth_date", _("With this date of birth the person is not younger than 18."))
        if not data.get("guardian") and "guardian" not in self.errors:
            self.add_error("guardian", _("A parent or guardian has to agree too."))

    def identity(self) -> dict[str, str]:
        """What is stored encrypted. Empty fields are left out."""
        data = self.cleaned_data
        values = {name: data.get(name) for name in IDENTITY}
        if values["birth_date"]:
            values["birth_date"] = values["birth_date"].isoformat()
        return {name: value for name, value in values.items() if value}

    def fields_of_record(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in ("language", "is_minor", "may_mail", "sees_versions")
        }


def initial_of(record: ConsentRecord) -> dict[str, Any]:
    """What the form shows of a record."""
    return {
        **record.identity,
        "role": record.role,
        "language": record.language,
        "is_minor": record.is_minor,
        "may_mail": record.may_mail,
        "sees_versions": record.sees_versions,
        "how": record.how,
        "until": record.until,
        "purposes": [purpose.value for purpose in record.purposes],
        "seen_version": record.version,
    }


class ChooseStoryForm(forms.Form):
    story = forms.ModelChoiceField(
        label=_("Life story"),
        queryset=StoryPage.objects.all(),
        error_messages={"required": _("Choose the story the consent is about.")},
        help_text=_("Any language version: the consent is about all of them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["story"].widget = AdminPageChooser(target_models=[StoryPage])

    def clean_story(self) -> StoryPage:
        story: StoryPage = self.cleaned_data["story"]
        if story.is_example:
            raise ValidationError(_("This story is marked as an example: it is nobody’s life."))
        return story


class ReviewForm(forms.Form):
    """An officer notes what a person said about a version."""

    decision = forms.ChoiceField(
        label=_("What the person said"),
        choices=[("approved", _("Approves this version")), ("changes", _("Asks for changes"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the person said.")},
    )
    remark = forms.CharField(
        label=_("What should change"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[refuse_hidden_marks],
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class TextForm(forms.Form):
    """A new version of a consent text."""

    part = forms.ChoiceField(label=_("What it is about"), choices=Part.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    text = forms.CharField(
        label=_("Text"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Plain language, in the words of the teller: “I agree …”. Earlier versions stay as they are."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "text" in data:
            current = ConsentText.objects.in_force(data["language"]).get(data["part"])
            if current and current.text == data["text"]:
                self.add_error("text", _("This is the text that is in force already."))
        return data
