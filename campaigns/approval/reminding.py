"""Mail about sign-offs, and what happens when the time is over. The heartbeat calls ``tick``; a mail that fails is
tried again."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from campaigns.approval.models import SignOff, WhenOverdue
from campaigns.approval.signing import go_on_without_answer
from campaigns.models import Post

logger = logging.getLogger(__name__)


def address_of(sign_off: SignOff) -> str:
    """The private address, in the language of the post."""
    with override(sign_off.post.language):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("sign_off", args=[sign_off.token])


def tick() -> int:
    """Ask, remind, tell staff, go on. Returns how much was done."""
    now = timezone.now()
    waiting = SignOff.objects.filter(state=SignOff.State.WAITING).select_related(
        "post__campaign", "post__locale", "asked_by"
    )
    done = 0
    for sign_off in waiting:
        if sign_off.is_overdue and sign_off.when_overdue == WhenOverdue.GO_ON:
            done += go_on_without_answer(sign_off)
        elif sign_off.is_overdue:
            done += _once(sign_off, "overdue_told_at", _staff(sign_off), "overdue")
        elif sign_off.mailed_at is None:
            done += _once(sign_off, "mailed_at", sign_off.email, "asked")
        elif now >= sign_off.remind_at:
            done += _once(sign_off, "reminded_at", sign_off.email, "reminder")
    return done


def _staff(sign_off: SignOff) -> str:
    return sign_off.asked_by.email if sign_off.asked_by else ""


def _once(sign_off: SignOff, field: str, email: str, kind: str) -> int:
    """One mail of a kind; without an address there is none to send."""
    if getattr(sign_off, field) is not None or not email:
        return 0
    edit = reverse(Post.snippet_viewset.get_url_name("edit"), args=[sign_off.post_id])
    context: dict[str, Any] = {
        "sign_off": sign_off,
        "kind": kind,
        "address": address_of(sign_off),
        "editor": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + edit,
    }
    with override(sign_off.post.language):
        subject = " ".join(render_to_string("approval/mail/subject.txt", context).split())
        body = render_to_string("approval/mail/body.txt", context)
    try:
        send_mail(subject, body, None, [email])
    except (SMTPException, OSError):
        logger.exception("A mail about sign-off %s failed; it is tried again", sign_off.pk)
        return 0
    SignOff.objects.filter(pk=sign_off.pk).update(**{field: timezone.now()})
    return 1
