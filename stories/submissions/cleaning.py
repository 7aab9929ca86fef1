"""Text as people type or paste it, without marks that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

# Word processors put these where a line ends.
LINE_ENDS = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
# Control characters, marks that turn the direction of writing, invisible letters. They say nothing in our languages
# and can make a text look like another one; what joins an emoji (U+200D) stays.
HIDDEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
ALIKE = {"LATIN", "CYRILLIC", "GREEK"}
"""Alphabets with letters that look the same."""


def cleaned(text: str) -> str:
    return unicodedata.normalize("NFC", HIDDEN.sub("", LINE_ENDS.sub("\n", text)))


def refuse_mixed_scripts(text: str) -> None:
    scripts = {unicodedata.name(char, "").split(" ")[0] for char in text if char.isalpha()}
    if len(scripts & ALIKE) > 1:
        raise ValidationError(_("Please write this in letters of one alphabet."))


class ProseField(forms.CharField):
    """A text of several lines. Too long: the sentence says by how much, and everything typed stays."""

    def __init__(self, *, longest: int, rows: int, **kwargs: Any) -> None:
        self.longest = longest
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(cleaned(str(value or ""))) or ""

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(
                _("This is too long: %(length)s characters. There is room for %(longest)s."),
                params={
                    "length": number_format(len(value), use_l10n=True, force_grouping=True),
                    "longest": number_format(self.longest, use_l10n=True, force_grouping=True),
                },
            )


class LineField(forms.CharField):
    """A text of one line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(" ".join(cleaned(str(value or "")).split())) or ""
