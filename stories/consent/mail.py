"""Mail about consents: to the person in their language, to officers in theirs. No word of a story, no name."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.users.models import UserProfile

from stories.consent.models import ConsentRecord

logger = logging.getLogger(__name__)


def send_link(record: ConsentRecord, address: str) -> bool:
    """Mail a private link to its person. False when there is no way, or no mail server answers."""
    return tell_person(record, "link", address=address)


def tell_person(record: ConsentRecord, event: str, **context: Any) -> bool:
    """``event`` names the template. Nobody is mailed who did not allow it."""
    to = record.identity.get("email")
    return bool(record.may_mail and to) and _send(event, to, record.language, {**context, "record": record})


def officers() -> list[Any]:
    """Everybody who may see consents."""
    may = {"content_type__app_label": "consent", "codename": "change_consentrecord"}
    in_group = {f"groups__permissions__{name}": value for name, value in may.items()}
    by_hand = {f"user_permissions__{name}": value for name, value in may.items()}
    return list(get_user_model().objects.filter(Q(**in_group) | Q(**by_hand), is_active=True).distinct())


def tell_officers(event: str, **context: Any) -> bool:
    """True when at least one officer could be told."""
    told = False
    for person in officers():
        language = UserProfile.get_for_user(person).get_preferred_language()
        told = _send(event, person.email, language, context) or told
    return told


def _send(event: str, to: str, language: str, context: dict[str, Any]) -> bool:
    with override(language):
        context = {"site": settings.WAGTAILADMIN_BASE_URL.rstrip("/"), **context}
        subject = render_to_string(f"consent/mail/{event}_subject.txt", context).strip()
        text = render_to_string(f"consent/mail/{event}.txt", context)
    try:
        send_mail(subject, text, [to])
    except OSError:
        logger.exception("A mail about a consent could not be sent")
        return False
    return True
