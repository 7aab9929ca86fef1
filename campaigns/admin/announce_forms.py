"""The form behind “Announce this page”: what holds for all languages, and one part for each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Locale, Page

from campaigns.actions import Announcement, fill_from_page
from campaigns.actions.clearance import clearance_of
from campaigns.admin.fields import PlannedTimeField
from campaigns.checking import Length, errors_in, findings_of, lengths_of
from campaigns.models import Campaign, Post, PostTarget, SocialAccount
from core.models import CustomImage


class AnnounceForm(forms.Form):
    """What the posts in all languages share."""

    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=Campaign.objects.all())
    planned_at = PlannedTimeField(
        label=_("Time"),
        required=False,
        help_text=_("Time in Maastricht, Aachen and Liège. Empty: as soon as the post is approved."),
    )
    again = forms.BooleanField(label=_("Announce it once more"), required=False)


class LanguageForm(forms.Form):
    """The post in one language."""

    chosen = forms.BooleanField(label=_("Announce in this language"), required=False)
    text = forms.CharField(label=_("Text"), required=False, max_length=5000, widget=AdminAutoHeightTextInput)
    image = forms.ModelChoiceField(
        label=_("Image"), queryset=CustomImage.objects.all(), required=False, widget=AdminImageChooser
    )
    image_alt = forms.CharField(
        label=_("What the image shows"),
        required=False,
        max_length=1000,
        help_text=_("For people who cannot see the image."),
    )
    accounts = forms.ModelMultipleChoiceField(
        label=_("Accounts"),
        queryset=SocialAccount.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = accounts
        cast("forms.ModelMultipleChoiceField[SocialAccount]", self.fields["accounts"]).queryset = accounts


@dataclass(slots=True)
class LanguagePart:
    """One language of an announcement: its page, why it cannot (yet) be announced, and its form."""

    code: str
    name: str
    locale: Locale
    page: Page | None
    reasons: tuple[Any, ...] = ()
    may_wait: bool = False
    form: LanguageForm | None = None

    @property
    def is_live(self) -> bool:
        return self.form is not None and not self.reasons

    @property
    def is_chosen(self) -> bool:
        return self.form is not None and bool(self.form["chosen"].value())

    def post_for(self, campaign: Campaign | None) -> Post:
        """The post as the page offers it, not saved."""
        post = Post(locale=self.locale, campaign=campaign)
        if self.page:
            fill_from_page(post, self.page)
        return post

    def announcement(self, campaign: Campaign, planned_at: Any) -> Announcement:
        """The post as it was filled in, not saved. The form has been read without errors."""
        assert self.form is not None  # noqa: S101 - only languages with a form are chosen
        data = self.form.cleaned_data
        post = Post(
            campaign=campaign,
            locale=self.locale,
            page=self.page,
            text=data["text"],
            image=data["image"],
            image_alt=data["image_alt"] if data["image"] else "",
            planned_at=planned_at,
        )
        targets = [PostTarget(post=post, account=account) for account in data["accounts"]]
        return Announcement(post, targets)

    def show_errors(self, announcement: Announcement) -> None:
        """What stands in the way of approval, each at its field."""
        form = self.form
        for finding in errors_in(findings_of(announcement.post, announcement.targets)):
            field = {"targets": "accounts", "account": "accounts", "page": "chosen"}.get(
                finding.field, finding.field
            )
            if form is not None and field in form.fields:
                form.add_error(field, ValidationError(finding.message))

    def lengths(self) -> list[Length]:
        """How long the text in the form is on each account of this language."""
        if self.form is None:
            return []
        post = Post(locale=self.locale, page=self.page, text=self.form["text"].value() or "")
        post.image = self._image_in_form()
        return lengths_of(post, [PostTarget(post=post, account=account) for account in self.form.offered])

    def _image_in_form(self) -> CustomImage | None:
        value = self.form["image"].value() if self.form else None
        if isinstance(value, CustomImage):
            return value
        return CustomImage.objects.filter(pk=value).first() if str(value or "").isdecimal() else None


def language_parts(page: Page, campaign: Campaign | None, data: QueryDict | None) -> list[LanguagePart]:
    """Every language of the site in its order, with the versions of ``page`` that can be announced."""
    versions = {version.locale_id: version for version in page.get_translations(inclusive=True).specific()}
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    parts = []
    for code, name in settings.LANGUAGES:
        part = LanguagePart(code, name, locales[code], versions.get(locales[code].pk))
        if part.page is None:
            part.reasons = (_("There is no translation in this language yet."),)
        else:
            clearance = clearance_of(part.post_for(campaign))
            part.reasons, part.may_wait = clearance.reasons, clearance.may_return
            if clearance.allowed or clearance.may_return:
                part.form = _form_for(part, campaign, data)
        parts.append(part)
    return parts


def _form_for(part: LanguagePart, campaign: Campaign | None, data: QueryDict | None) -> LanguageForm:
    accounts = SocialAccount.objects.filter(language=part.code).own_first()
    offered = part.post_for(campaign)
    initial = {
        "chosen": not part.reasons,
        "text": offered.text,
        "image": offered.image,
        "image_alt": offered.image_alt,
        "accounts": [account.pk for account in accounts if account.provider == "website"],
    }
    return LanguageForm(data, initial=initial, prefix=part.code, accounts=accounts)
