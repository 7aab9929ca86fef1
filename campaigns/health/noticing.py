"""Who notices that the worker is dead? Not the worker. Every web process looks once a minute after some request it
answered, monitoring looks at ``/health/worker``, and cron may run ``manage.py check_worker``: whoever sees it first sends
the mail, and nobody sends a second one for the same silence.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.users.models import UserProfile

from campaigns.health.pulse import Life, look_for_life
from campaigns.models import Pulse

logger = logging.getLogger(__name__)

LOOK_EVERY = 60.0  # seconds, in each web process
_last_look = time.monotonic()  # a worker that is started together with this process gets a minute to say so


def notice() -> Life:
    """Look for life, and tell people once when it is gone and once when it is back."""
    life = look_for_life()
    heart, __ = Pulse.objects.get_or_create(part=Pulse.Part.HEART)
    if not life.alive and heart.reported_at is None:
        _tell("worker_silent", life, before=None, after=timezone.now())
    elif life.alive and heart.reported_at is not None:
        _tell("worker_back", life, before=heart.reported_at, after=None)
    return life


def _tell(event: str, life: Life, before: Any, after: Any) -> None:
    """One of several processes wins the update and sends; a mail server that refuses leaves it to the next look."""
    heart = Pulse.objects.filter(part=Pulse.Part.HEART)
    if not heart.filter(reported_at=before).update(reported_at=after):
        return
    logger.error("Background worker: %s", event)
    try:
        for person in people_to_tell():
            _mail(event, person, life)
    except OSError:
        logger.exception("The mail about the worker could not be sent; it is tried again")
        heart.filter(reported_at=after).update(reported_at=before)


def people_to_tell() -> list[Any]:
    """Who plans posts, and who looks after the site."""
    may = Q(
        groups__permissions__codename="publish_post", groups__permissions__content_type__app_label="campaigns"
    )
    people = get_user_model().objects.filter(may | Q(is_superuser=True), is_active=True).distinct()
    return list(people.exclude(email=""))


def _mail(event: str, person: Any, life: Life) -> None:
    with override(UserProfile.get_for_user(person).get_preferred_language()):
        context = {"life": life, "site": settings.WAGTAILADMIN_BASE_URL.rstrip("/")}
        subject = render_to_string(f"campaigns/mail/{event}_subject.txt", context).strip()
        text = render_to_string(f"campaigns/mail/{event}.txt", context)
    send_mail(subject, text, [person.email])


def look_after_request(**kwargs: Any) -> None:
    """Connected to ``request_finished``: the visitor has their page already. Never in the way of anything."""
    global _last_look  # noqa: PLW0603 - one clock for this process
    clock = time.monotonic()
    if not getattr(settings, "CAMPAIGNS_WATCH_WORKER", True) or clock - _last_look < LOOK_EVERY:
        return
    _last_look = clock
    try:
        notice()
    except DatabaseError:
        logger.exception("Looking for the worker failed")
