"""What people choose for a card: the look once, the words for each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaigns.cards.drawing import LONGEST_QUOTE, Format, Style, check_words, palette_of
from campaigns.cards.making import check_quote, clearance_to_quote, words_of
from campaigns.models import Campaign
from core.quoting import Quote, quotes_on

OWN = "own"


class LookForm(forms.Form):
    """Colours and formats, the same for all languages."""

    campaign = forms.ModelChoiceField(
        label=_("Campaign"),
        queryset=Campaign.objects.all(),
        error_messages={"required": _("Choose the campaign whose colours the card carries.")},
    )
    style = forms.ChoiceField(
        label=_("Look"), choices=Style.choices, widget=forms.RadioSelect, initial=Style.COLOUR
    )
    formats = forms.MultipleChoiceField(
        label=_("Formats"),
        choices=Format.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=list(Format.values),
        error_messages={"required": _("Choose at least one format.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        campaign, style = data.get("campaign"), data.get("style")
        if campaign and style:
            try:
                palette_of(Style(style), campaign.brand_colour)
            except ValidationError as error:
                self.add_error("style", error)
        return data


class WordsForm(forms.Form):
    """The quote in one language: one that is set apart on the page, or other words that stand there."""

    chosen = forms.BooleanField(label=_("Make a card in this language"), required=False)
    quote = forms.ChoiceField(label=_("Quote"), widget=forms.RadioSelect, required=False)
    own = forms.CharField(
        label=_("Other words from the page"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Word for word, as they stand there. At most %(limit)d characters.")
        % {"limit": LONGEST_QUOTE},
    )
    who = forms.CharField(label=_("Who says it"), required=False, max_length=120)

    def __init__(self, *args: Any, page: Page, quotes: list[Quote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.quotes = quotes
        language = page.locale.language_code
        choices = [(str(number), quote.text) for number, quote in enumerate(quotes)]
        choices_field: Any = self.fields["quote"]
        choices_field.choices = [*choices, (OWN, _("Other words"))]
        self.fields["own"].widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("chosen"):
            return data
        number = data.get("quote") or OWN
        if number == OWN:
            field, text = "own", data.get("own", "")
        else:
            field, text = "quote", self.quotes[int(number)].text
            data["who"] = data.get("who") or self.quotes[int(number)].who
        data["text"] = text
        if not text.strip():
            self.add_error("own", _("Choose a quote, or type the words."))
            return data
        try:
            check_quote(self.page, text)
        except ValidationError as error:
            self.add_error(field, error)
        return data

    @property
    def words(self) -> str:
        return str(self.cleaned_data["text"])

    @property
    def speaker(self) -> str:
        return str(self.cleaned_data["who"])

    def check_drawable(self, campaign: Campaign) -> None:
        """Marks words that the cards' typeface cannot draw."""
        data = self.cleaned_data
        if not data.get("chosen") or not data.get("text") or self.errors:
            return
        try:
            check_words(words_of(campaign, self.page, data["text"], data["who"]))
        except ValidationError as error:
            self.add_error("own" if data.get("quote") in (OWN, "") else "quote", error)


@dataclass(frozen=True, slots=True)
class LanguagePart:
    """One language of the page; without ``form`` no card can be made, and ``reasons`` say why."""

    code: str
    name: str
    page: Page | None = None
    form: WordsForm | None = None
    reasons: tuple[Any, ...] = ()


def language_parts(page: Page, data: Any, only: str = "") -> list[LanguagePart]:
    """A form for each language the page is online in. ``only`` is the language that is ticked at first; else all are."""
    versions = {
        version.locale.language_code: version.specific
        for version in page.get_translations(inclusive=True).select_related("locale")
    }
    parts = []
    for code, name in settings.LANGUAGES:
        version = versions.get(code)
        if version is None:
            parts.append(LanguagePart(code, name, reasons=(_("There is no version in this language yet."),)))
            continue
        clearance = clearance_to_quote(version)
        if not clearance.allowed:
            parts.append(LanguagePart(code, name, version, reasons=clearance.reasons))
            continue
        quotes = quotes_on(version)
        initial = {
            "chosen": only in ("", code),
            "quote": "0" if quotes else OWN,
            "who": quotes[0].who if quotes else getattr(version, "teller", ""),
        }
        form = WordsForm(data, prefix=code, initial=initial, page=version, quotes=quotes)
        parts.append(LanguagePart(code, name, version, form))
    return parts
