"""Mails to campaign staff about an account that needs a person, each in the reader's language."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.mail import send_mail

from campaigns.models import SocialAccount
from core.models import User

logger = logging.getLogger(__name__)


def keepers() -> QuerySet[User]:
    """Who may sign an account in."""
    allowed = Q(groups__permissions__codename="change_socialaccount") | Q(is_superuser=True)
    return User.objects.filter(allowed, is_active=True).exclude(email="").distinct()


def tell_about_account(account: SocialAccount, ends_at: datetime | None = None) -> int:
    """Say that its sign-in ends soon, or that it is paused. Returns how many people were told.

    A mail that cannot be sent stops nothing: the admin's first page says the same.
    """
    told = 0
    for person in keepers():
        profile = getattr(person, "wagtail_userprofile", None)
        with override((profile and profile.preferred_language) or settings.LANGUAGE_CODE):
            subject, text = _words(account, ends_at)
            try:
                told += send_mail(" ".join(subject.split()), text, [person.email])
            except OSError:
                logger.exception("A mail about account %s was not sent", account.pk)
    return told


def _words(account: SocialAccount, ends_at: datetime | None) -> tuple[str, str]:
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(
        "account_of_campaigns:edit", args=[account.pk]
    )
    if ends_at is None:
        subject = _("%(account)s is paused") % {"account": account}
        text = account.pause_reason
    else:
        day = date_format(localtime(ends_at), "DATE_FORMAT")
        subject = _("%(account)s: sign in again before %(day)s") % {"account": account, "day": day}
        text = _("The permission that this account gave ends on %(day)s. After that its posts wait.") % {
            "day": day
        }
    way = _("Sign in again here: %(address)s") % {"address": address}
    return subject, f"{text}\n\n{way}\n"
