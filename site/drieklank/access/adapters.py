"""What allauth asks the house: nobody signs up, secrets are encrypted, and its sentences are ours."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.encryption import decrypt, encrypt
from core.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask your administrator."),
        "email_password_mismatch": _("This e-mail address and password do not belong together."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link is not valid any more. Ask for a new one."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a moment, then try again."),
        "incorrect_code": _("This code is not right. A code works once, and for half a minute."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the admin; whoever may not go there reads the site instead of meeting a closed door."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return resolve_url(settings.LOGIN_REDIRECT_URL)
        return "/"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of somebody who signed in, or proved who they are, within the last minutes."""
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(
            record["at"] > since for record in get_authentication_records(self.request, self.request.user)
        )

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, str]]:
        descriptions = {
            "reauthenticate": gettext("Use your password"),
            "mfa_reauthenticate": gettext("Use a code from your app or a recovery code"),
            "mfa_reauthenticate:webauthn": gettext("Use a passkey or security key"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": descriptions[method["id"]]} for method in methods]


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_generate_recovery_codes": _(
            "Set up an app or a passkey first: recovery codes stand in for it."
        ),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Key %(number)d") % {"number": number}
