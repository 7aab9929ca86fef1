"""What is asked, a step at a time. Only the story itself and the agreement are needed; every refusal is one sentence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.consent.purposes import Part, Purpose
from stories.models.pages import AgeBand
from stories.regions import Region
from stories.submissions.cleaning import LineField, ProseField, refuse_mixed_scripts
from stories.submissions.files import read_upload, too_large
from stories.submissions.models import FileKind, Submission

RATHER_NOT = ("", _("I’d rather not say"))


class TrapMixin(forms.Form):
    """A field that people do not see. Who fills it in is held back, not refused: a browser may have done it."""

    website = forms.CharField(required=False)

    @property
    def trapped(self) -> bool:
        return bool(self.data.get("website"))


class StoryForm(TrapMixin):
    text = ProseField(
        label=_("What would you like to tell?"),
        help_text=_(
            "Write as you would say it. You decide what you leave out. Better no names and addresses of others."
        ),
        longest=20_000,
        rows=14,
        required=True,
        error_messages={
            "required": _("Write something about what you went through. A few sentences are enough.")
        },
    )
    helped = ProseField(label=_("What helped you?"), longest=3000, rows=4)
    would_have_helped = ProseField(label=_("What would have helped you?"), longest=3000, rows=4)


class AboutForm(forms.Form):
    name = LineField(
        label=_("What may we call you?"),
        help_text=_("A first name, or a name you make up. Leave it empty to stay without a name."),
        max_length=60,
        validators=[refuse_mixed_scripts],
        error_messages={"max_length": _("Please keep it to 60 characters.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    age_band = forms.ChoiceField(label=_("Your age"), choices=[RATHER_NOT, *AgeBand.choices], required=False)
    region = forms.ChoiceField(
        label=_("Where do you live?"), choices=[RATHER_NOT, *Region.choices], required=False
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("A picture or a recording"),
        help_text=_(
            "JPEG, PNG, WebP or GIF; MP3, M4A, OGG or WAV. At most 20 MB. We take out of a picture where and with "
            "what it was made."
        ),
        required=False,
        allow_empty_file=True,
    )
    file_shows = LineField(
        label=_("What is to be seen or heard?"),
        help_text=_("One or two sentences, for people who cannot see or hear it."),
        max_length=300,
        error_messages={"max_length": _("Please keep it to 300 characters.")},
    )

    kept: tuple[FileKind, str, bytes] | None = None
    """What ``read_upload`` made of the file."""

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        self.too_large = too_large
        super().__init__(*args, **kwargs)

    def clean_file(self) -> Any:
        if self.too_large:
            raise too_large()
        upload = self.cleaned_data["file"]
        if upload:
            self.kept = read_upload(upload)
        elif upload is not None and upload is not False:  # a file without a single byte
            read_upload(upload)
        return None


class AgreeForm(forms.Form):
    """The agreement as a whole, each use by itself, and a way to be reached for those who want it."""

    general = forms.BooleanField(
        label=_("I have read this and agree"),
        error_messages={"required": _("Without this tick we may not read your story.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=200,
        error_messages={"invalid": _("This is no e-mail address. Look at it again, or leave it empty.")},
    )
    phone = LineField(
        label=_("Phone"), max_length=40, error_messages={"max_length": _("Please keep it to 40 characters.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in Purpose:
            self.fields[purpose.value] = forms.BooleanField(label=purpose.label, required=False)

    @property
    def parts(self) -> list[str]:
        """What is ticked, among all that can be."""
        return [part for part in Part.values if self.cleaned_data.get(part)]


class MessageForm(forms.Form):
    text = ProseField(
        label=_("Your message"),
        longest=5000,
        rows=5,
        required=True,
        error_messages={"required": _("Write your message first.")},
    )


def initial_of(submission: Submission) -> dict[str, Any]:
    """What the forms show of a draft."""
    return {**submission.answers, **submission.contact, **dict.fromkeys(submission.ticks, True)}
