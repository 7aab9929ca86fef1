from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.log_actions import log

from core.models import User


class Command(BaseCommand):
    help = "Removes every second factor of one person, who then signs in by password and sets up a new one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody has the e-mail address {email}.")
        count = Authenticator.objects.filter(user=user).count()
        Authenticator.objects.filter(user=user).delete()
        ended = end_sessions(user)
        log(user, "access.factors_reset", data={"removed": count})
        self.stdout.write(f"Removed {count} second factors of {user.email} and ended {ended} sessions.")


def end_sessions(user: User) -> int:
    """Signs somebody out everywhere: a lost phone may still be signed in."""
    ended = 0
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
            ended += 1
    return ended
