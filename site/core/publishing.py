"""Whether a page may go online. Every room that has a say in it registers a check here."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail_localize.fields import get_translatable_fields


class MayNotGoOnline(ValidationError):
    """Something tried to bring a page online that may not be there. Its message is one sentence for people."""

    def after_refusal(self) -> None:
        """Called once nothing of the try is left in the database, by whoever tells a person of the refusal."""


Check = Callable[[Revision], None]
CHECKS: list[Check] = []


def asked_before_going_online(check: Check) -> Check:
    """Registers ``check``, which raises ``MayNotGoOnline`` when a revision may not go online at its time."""
    CHECKS.append(check)
    return check


def check_publishable(revision: Revision) -> None:
    """Raises ``MayNotGoOnline`` when somebody has a reason against this revision."""
    for check in CHECKS:
        check(revision)


def touches_content(page: Page, update_fields: Collection[str] | None) -> bool:
    """Whether a save writes what readers see, or whether they see it."""
    if update_fields is None:
        return True
    content = {"live", "live_revision", "alias_of", "translation_key"}
    content |= {field.field_name for field in get_translatable_fields(type(page))}
    return bool(content & set(update_fields))


@transaction.atomic
def hold_back() -> list[Page]:
    """Takes the date from planned pages that may not go online any more, and tells the moderators.

    One page that cannot go online would keep ``publish_scheduled`` from publishing all that come after it.
    """
    from core.translations.mail import tell_moderators
    from core.translations.progress import IncompleteTranslation

    held: list[Page] = []
    untranslated: list[Page] = []
    for revision in Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now()):
        try:
            check_publishable(revision)
        except ValidationError as error:
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            page = revision.content_object
            log(page, "core.held_back", revision=revision, data={"reason": error.messages[0]})
            (untranslated if isinstance(error, IncompleteTranslation) else held).append(page)
    tell_moderators("untranslated", untranslated)
    tell_moderators("held", held)
    return [*untranslated, *held]
