"""allauth's forms with the labels and sentences of the house."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def say(field: forms.Field, label: Any, help_text: Any = "") -> None:
    """Labels stand above a field and stay there: no placeholder repeats them."""
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)


class LoginForm(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["login"], _("E-mail address"))
        say(self.fields["password"], _("Password"), self.fields["password"].help_text)  # links to a new one
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class ReauthenticateForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["password"], _("Password"))


class ResetPasswordForm(account_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["email"], _("E-mail address"))

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Sends a mail in either case, so that the time it takes tells nobody who has an account."""
        email: str = self.cleaned_data["email"]
        if self.users:
            return super().save(request, **kwargs)
        get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class ResetPasswordKeyForm(account_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["password1"], _("New password"), self.fields["password1"].help_text)
        say(self.fields["password2"], _("New password, once more"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = forms.Form.clean(self) or {}
        if "password1" in data and "password2" in data and data["password1"] != data["password2"]:
            self.add_error("password2", _("The two passwords are not the same."))
        return data


class CodeForm(mfa_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["code"], _("Code"), _("Six digits from your app, or one of your recovery codes."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ReauthenticateByCodeForm(mfa_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["code"], _("Code"), _("Six digits from your app, or one of your recovery codes."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["code"], _("Code"), _("The six digits that your app shows now."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CredentialMixin(forms.Form):
    """A key's answer comes from a script in the browser, or from somebody who wrote it by hand."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
            raise get_mfa_adapter().validation_error("incorrect_code") from error


class LoginWebAuthnForm(CredentialMixin, webauthn_forms.LoginWebAuthnForm):
    pass


class AuthenticateWebAuthnForm(CredentialMixin, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(CredentialMixin, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class AddWebAuthnForm(webauthn_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["name"], _("Name"), _("So that you know this key from your others."))
        say(
            self.fields["passwordless"],
            _("Sign in with this key alone, without a password"),
            _("The key then asks for your fingerprint, face or PIN each time: a passkey."),
        )

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
            raise get_mfa_adapter().validation_error("incorrect_code") from error


class EditWebAuthnForm(webauthn_forms.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["name"], _("Name"), _("So that you know this key from your others."))
