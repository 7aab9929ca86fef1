"""Writes down who came in, how, and what changed about the ways in. Wagtail's site history shows it.

An address or password that was typed is never written down: people type one into the field of the other.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_reset, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log

from core.models import User

logger = logging.getLogger(__name__)

ACTIONS = {
    "access.sign_in": (_("Sign-in"), _("Signed in")),
    "access.sign_in_failed": (_("Failed sign-in"), _("A sign-in with a wrong password")),
    "access.code_failed": (_("Failed second factor"), _("A sign-in with a wrong code")),
    "access.password_reset": (_("Password reset"), _("Set a new password by e-mail")),
    "access.factor_added": (_("Second factor added"), _("Added a second factor")),
    "access.factor_removed": (_("Second factor removed"), _("Removed a second factor")),
    "access.codes_renewed": (_("Recovery codes renewed"), _("Made new recovery codes")),
    "access.factors_reset": (_("Second factor reset"), _("An administrator removed all second factors")),
}


def register_actions(actions: LogActionRegistry) -> None:
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    methods = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
    log(user, "access.sign_in", user=user, data={"methods": methods})


@receiver(user_login_failed)
def note_failed_sign_in(credentials: dict[str, Any], **kwargs: Any) -> None:
    address = str(credentials.get("email") or credentials.get("username") or "").lower()
    user = get_user_model().objects.filter(email=address).first()
    if user is None:
        logger.warning("Somebody unknown tried to sign in.")
    else:
        logger.warning("User %s tried to sign in with a wrong password.", user.pk)
        log(user, "access.sign_in_failed")


@receiver(authentication_failed)
def note_failed_code(user: User, **kwargs: Any) -> None:
    logger.warning("User %s showed a wrong second factor.", user.pk)
    log(user, "access.code_failed")


@receiver(password_reset)
def note_password_reset(user: User, **kwargs: Any) -> None:
    log(user, "access.password_reset", user=user)


@receiver(authenticator_added)
def note_added_factor(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    log(user, "access.factor_added", user=user, data={"type": authenticator.type})


@receiver(authenticator_removed)
def note_removed_factor(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    log(user, "access.factor_removed", user=user, data={"type": authenticator.type})


@receiver(authenticator_reset)
def note_renewed_codes(user: User, **kwargs: Any) -> None:
    log(user, "access.codes_renewed", user=user)
