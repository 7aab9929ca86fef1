"""Signing an account in: the fields its network asks for, which are never shown again once they are stored."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.actions import sign_in_account
from campaigns.models import SocialAccount
from campaigns.providers.base import Failure, ProviderError

IS_SET = _("Is set. Leave empty to keep it.")
PREFIX = "credential_"


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """One account. What its network asks for is added as fields; signing in is part of the check."""

    instance: SocialAccount

    class Meta:
        model = SocialAccount
        fields: ClassVar[list[str]] = ["name", "language", "minutes_apart"]

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None
        if not self.is_new:  # its posts are in this language
            del self.fields["language"]
        for field in self.instance.provider_class.credential_fields:
            self._add_credential(field.name, field)

    def _add_credential(self, name: str, field: Any) -> None:
        known = bool(self.instance.credentials.get(name))
        attrs = {"autocomplete": "new-password" if field.secret else "off", "spellcheck": "false"}
        widget = forms.PasswordInput(attrs=attrs) if field.secret else forms.TextInput(attrs=attrs)
        self.fields[PREFIX + name] = forms.CharField(
            label=field.label,
            required=not known,
            initial="" if known else field.initial,
            help_text=IS_SET if known else field.help_text,
            widget=widget,
            max_length=500,
        )

    def _get_validation_exclusions(self) -> set[str]:
        """The network and the language count too when the same account is connected twice."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions - {"provider", "language"}

    def clean_minutes_apart(self) -> int:
        return self.cleaned_data["minutes_apart"] or 0

    @property
    def given_credentials(self) -> dict[str, str]:
        """What was typed, on top of what is stored."""
        typed = {
            field.name: self.cleaned_data.get(PREFIX + field.name, "").strip()
            for field in self.instance.provider_class.credential_fields
        }
        return {**self.instance.credentials, **{name: value for name, value in typed.items() if value}}

    @property
    def asks_to_sign_in(self) -> bool:
        typed = any(self.cleaned_data.get(name) for name in self.fields if name.startswith(PREFIX))
        return self.is_new or typed or not self.instance.is_active

    def save_signed_in(self) -> bool:
        """Sign in and save. False when the network refuses, and then the form says why."""
        if not self.asks_to_sign_in:
            self.save()
            return True
        try:
            sign_in_account(self.instance, self.given_credentials)
        except ProviderError as error:
            self.add_error(self._field_of(error), ValidationError(cast("str", error.message)))
            return False
        return True

    def _field_of(self, error: ProviderError) -> str | None:
        """A refused sign-in belongs to the secret; everything else to the whole form."""
        secrets = [field.name for field in self.instance.provider_class.credential_fields if field.secret]
        return PREFIX + secrets[0] if error.failure is Failure.ACCOUNT and secrets else None
