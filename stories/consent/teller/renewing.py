"""A new private link for somebody whose old one has expired: stopping must never be harder than agreeing was."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from stories.consent.actions import TELLER, make_link, note
from stories.consent.actions.auditing import Action
from stories.consent.mail import send_link, tell_officers
from stories.consent.models import AuditEntry, PrivateLink

PAUSE = timedelta(hours=1)


def ask_for_new_link(link: PrivateLink) -> None:
    """Mails a new link to the address that is known, else asks an officer to hand one over. Once an hour.

    A revoked link asks for nothing: somebody else may hold it.
    """
    if link.revoked_at is not None or link.works_at(timezone.now()):
        return
    record = link.record
    lately = AuditEntry.objects.filter(record=record, action=Action.LINK_ASKED, at__gt=timezone.now() - PAUSE)
    if lately.exists():
        return
    note(record, Action.LINK_ASKED, TELLER, link=link.pk)
    if record.may_mail and record.identity.get("email"):
        __, address = make_link(record, TELLER)
        if send_link(record, address):
            return
    tell_officers("link_asked", record=record)
