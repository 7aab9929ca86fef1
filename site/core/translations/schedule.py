"""Translations whose time has come, but whose source was updated since they were approved."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from .gate import check_publishable
from .mail import tell_moderators


@transaction.atomic
def hold_incomplete() -> list[Page]:
    """Takes the date from planned translations that have become incomplete, and tells the moderators.

    One page that cannot go online would keep ``publish_scheduled`` from publishing all that come after it.
    """
    held = []
    for revision in Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now()):
        try:
            check_publishable(revision)
        except ValidationError as error:
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            page = revision.content_object
            log(page, "core.translation_held", revision=revision, data={"reason": error.messages[0]})
            held.append(page)
    tell_moderators("held", held)
    return held
