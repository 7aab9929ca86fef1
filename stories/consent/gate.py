"""No story goes online without its teller's consent, whichever way it comes.

The guards stand where every way of publishing passes: before a page is written as online, and before a draft is
planned to go online. ``stories.consent.enforcing`` finds what came in otherwise (a restored backup, a query).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from core.publishing import MayNotGoOnline, asked_before_going_online, touches_content
from core.sharing import Clearance, SharingUse

STATE = {"live", "live_revision", "alias_of", "translation_key"}


class ConsentMissing(MayNotGoOnline):
    """Something tried to bring a story online that its teller did not agree to."""

    def __init__(self, title: str, reasons: tuple[Any, ...]) -> None:
        sentence = _("“%(title)s” cannot go online.") % {"title": title}
        super().__init__({NON_FIELD_ERRORS: " ".join([sentence, *map(str, reasons)])})


def is_story(model: type[Any] | None) -> bool:
    from stories.models import StoryPage

    return isinstance(model, type) and issubclass(model, StoryPage)


def check_consent(page: Any, day: Any = None) -> None:
    """Raises ``ConsentMissing`` when this content of a story may not be online (on ``day``, else today)."""
    from stories.consent.clearance import consent_for

    clearance: Clearance = consent_for(page, SharingUse.WEB, day)
    if not clearance.allowed:
        raise ConsentMissing(page.title, clearance.reasons)


@receiver(pre_save, dispatch_uid="consent.guard_page")
def guard_page(
    sender: type[Any], instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    if raw or not isinstance(instance, Page):
        return
    if is_story(type(instance)):
        if instance._state.adding:
            refuse_copy(instance)
        if instance.live and touches_content(instance, update_fields):
            check_consent(instance)
    elif _goes_online(instance, update_fields):
        story = instance.specific
        story.title = instance.title
        check_consent(story)


def _goes_online(page: Page, update_fields: Any) -> bool:
    """Whether a story, held as a plain page, is written as online."""
    touched = update_fields is None or bool(STATE & set(update_fields))
    return bool(page.live and page.pk and touched and is_story(page.specific_class))


@receiver(pre_save, sender=Revision, dispatch_uid="consent.guard_schedule")
def guard_schedule(sender: type[Revision], instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    """What is planned must be agreed to when it is planned, and still be on its day."""
    if raw or not instance.approved_go_live_at or not is_story(instance.content_type.model_class()):
        return
    check_revision(instance)


@asked_before_going_online
def check_revision(revision: Revision) -> None:
    """Raises ``ConsentMissing`` when a planned draft of a story may not go online at its time."""
    from stories.consent.dates import REGION

    if is_story(revision.content_type.model_class()):
        day = revision.approved_go_live_at.astimezone(REGION).date() if revision.approved_go_live_at else None
        check_consent(revision.as_object(), day)


def refuse_copy(page: Any) -> None:
    """A consent belongs to one story: a copy or an alias would outlive its withdrawal.

    Raises ``MayNotGoOnline`` for another page with the text of a story that is no example.
    """
    originals = (
        type(page)._default_manager.filter(is_example=False).exclude(translation_key=page.translation_key)
    )
    if page.alias_of_id:
        copied = originals.filter(pk=page.alias_of_id).exists()
    else:
        copied = bool(page.body) and originals.filter(body=page.body).exists()
    if copied:
        sentence = _("A story cannot be copied: the consent of its teller belongs to this one page.")
        raise MayNotGoOnline({NON_FIELD_ERRORS: sentence})
