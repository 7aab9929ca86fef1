"""Mail to those who look after submissions: that somebody told a story, and where. No word of it, nothing about who."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.users.models import UserProfile

from stories.submissions.models import Submission

logger = logging.getLogger(__name__)
AT_MOST_EVERY = timedelta(days=1)


def tell_of_new_submissions() -> int:
    """One mail to each for all that is new: at once for the first, then at most daily. Returns how many were told of.

    What is held back is told of once somebody let it into the queue.
    """
    now = timezone.now()
    if Submission.objects.filter(told_at__gt=now - AT_MOST_EVERY).exists():
        return 0
    new = list(Submission.objects.waiting().filter(told_at=None).values_list("pk", flat=True))
    # Of two workers one gets the rows.
    if not new or not Submission.objects.filter(pk__in=new, told_at=None).update(told_at=now):
        return 0
    if not _mail(len(new)):
        Submission.objects.filter(pk__in=new).update(told_at=None)
        return 0
    return len(new)


def _mail(number: int) -> bool:
    """True when it reached a mail server, or when there is nobody to tell."""
    from stories.submissions.admin.access import people_for_submissions

    people = list(people_for_submissions())
    reached = [_send(person, number) for person in people]
    return any(reached) or not people


def _send(person: Any, number: int) -> bool:
    with override(UserProfile.get_for_user(person).get_preferred_language()):
        waiting = Submission.objects.waiting()
        oldest = waiting.first()
        context = {
            "number": number,
            "waiting": waiting.count(),
            "days": oldest.waiting_for.days if oldest else 0,
            "address": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("submissions:queue"),
        }
        subject = render_to_string("submissions/mail/new_subject.txt", context).strip()
        text = render_to_string("submissions/mail/new.txt", context)
    try:
        send_mail(subject, text, [person.email])
    except OSError:
        logger.exception("A mail about submissions could not be sent")
        return False
    return True
