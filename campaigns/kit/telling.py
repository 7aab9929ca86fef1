"""Mail to partners about what they must not use any more. A mail that fails is tried again with the heartbeat."""

from __future__ import annotations

import logging
from collections import defaultdict
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from campaigns.composing import short_address
from campaigns.kit.models import KitItem, PartnerKit

logger = logging.getLogger(__name__)


def address_of(kit: PartnerKit, language: str = "") -> str:
    """The private address of a kit's page."""
    with override(language or language_of(kit)):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("partner_kit", args=[kit.token])


def language_of(kit: PartnerKit) -> str:
    return str(kit.languages[0]) if kit.languages else settings.LANGUAGE_CODE


def tell_partners() -> int:
    """One mail a kit about all that was withdrawn and not told yet. Returns how many mails went out."""
    waiting: dict[PartnerKit, list[KitItem]] = defaultdict(list)
    items = KitItem.objects.filter(withdrawn_at__isnull=False, told_at=None).exclude(kit__email="")
    for item in items.select_related("kit__partner", "kit__campaign", "short_url"):
        waiting[item.kit].append(item)
    return sum(_tell(kit, items) for kit, items in waiting.items())


def _tell(kit: PartnerKit, items: list[KitItem]) -> int:
    """Nothing of what was withdrawn stands in the mail: short addresses say which messages are meant."""
    with override(language_of(kit)):
        context = {
            "kit": kit,
            "address": "" if kit.revoked_at else address_of(kit),
            "short_addresses": [short_address(item.short_url.code) for item in items if item.short_url],
            "number": len(items),
        }
        subject = " ".join(render_to_string("kit/mail/withdrawn_subject.txt", context).split())
        body = render_to_string("kit/mail/withdrawn.txt", context)
    try:
        send_mail(subject, body, None, [kit.email])
    except (SMTPException, OSError):
        logger.exception("The mail about withdrawn posts of kit %s failed; it is tried again", kit.pk)
        return 0
    KitItem.objects.filter(pk__in=[item.pk for item in items]).update(told_at=timezone.now())
    return 1


def tick() -> int:
    return tell_partners()
