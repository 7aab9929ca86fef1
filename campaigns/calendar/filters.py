"""Which posts somebody wants to see: by campaign, language, account, state, partner and person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Partner, SocialAccount
from campaigns.states import Status
from core.models import User

EVERYTHING = _("All")


def people_who_write() -> QuerySet[User]:
    """Those who may write posts."""
    return User.objects.filter(is_active=True, groups__permissions__codename="change_post").distinct()


class FilterForm(forms.Form):
    """Filled in from the address; what makes no sense in it is left out, not answered with an error."""

    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.all(), required=False, empty_label=EVERYTHING
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", EVERYTHING), *settings.LANGUAGES], required=False
    )
    account = forms.ModelChoiceField(
        label=_("Account"), queryset=SocialAccount.objects.all(), required=False, empty_label=EVERYTHING
    )
    state = forms.ChoiceField(label=_("State"), choices=[("", EVERYTHING), *Status.choices], required=False)
    partner = forms.ModelChoiceField(
        label=_("Partner"), queryset=Partner.objects.all(), required=False, empty_label=EVERYTHING
    )
    person = forms.ModelChoiceField(
        label=_("Last changed by"), queryset=people_who_write(), required=False, empty_label=EVERYTHING
    )

    def offer_accounts(self, accounts: Iterable[SocialAccount]) -> None:
        """Show these accounts, which somebody has read already, instead of asking for them again."""
        known = [(account.pk, str(account)) for account in accounts]
        self.fields["account"].widget.choices = [("", EVERYTHING), *known]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen and understood, by field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The same choice as the end of an address, with its question mark; empty without a choice."""
        chosen = {name: getattr(value, "pk", value) for name, value in self.chosen.items()}
        return f"?{urlencode(chosen)}" if chosen else ""


def filters_from(data: Mapping[str, Any]) -> dict[str, Any]:
    return FilterForm(data).chosen
