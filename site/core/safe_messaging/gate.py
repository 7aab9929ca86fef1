"""No page goes online with words that the WHO's guidance warns of clearly, whichever way it comes.

The guards stand at the database's door, as those of translations and consents do.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision

from core.publishing import MayNotGoOnline, asked_before_going_online, touches_content
from core.safe_messaging.checking import blocking
from core.safe_messaging.findings import Finding
from core.safe_messaging.pages import findings_on


class UnsafeWords(MayNotGoOnline):
    """A page holds words about suicide that can do harm; the message names the first and its place."""

    def __init__(self, title: str, findings: list[Finding]) -> None:
        first, others = findings[0], len(findings) - 1
        sentence = _("“%(title)s” cannot go online. %(place)s: %(finding)s") % {
            "title": title,
            "place": capfirst(str(first.passage.label)),
            "finding": first.sentence,
        }
        if others:
            more = ngettext(
                "The editor shows %(count)d more.", "The editor shows %(count)d more.", others
            ) % {"count": others}
            sentence = f"{sentence} {more}"
        super().__init__({NON_FIELD_ERRORS: sentence})


def check_words(page: Page) -> None:
    """Raises ``UnsafeWords`` when the content of ``page``, as it is held, may not be online."""
    found = blocking(findings_on(page))
    if found:
        raise UnsafeWords(page.title, found)


@receiver(pre_save, dispatch_uid="safe_messaging.guard_page")
def guard_page(
    sender: type[Any], instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    if raw or not isinstance(instance, Page) or not instance.live or instance.is_root():
        return
    if touches_content(instance, update_fields):
        content = instance.specific if type(instance) is Page and instance.pk else instance
        found = blocking(findings_on(content))
        if found and (new := _new(found, content)):
            raise UnsafeWords(instance.title, new)


def _new(found: list[Finding], page: Page) -> list[Finding]:
    """What a save brings along: a lock or a move must not fail on what is online already."""
    stored = type(page)._default_manager.filter(pk=page.pk, live=True).first() if page.pk else None
    if stored is None or stored.live_revision_id != page.live_revision_id:
        return found
    known = {(each.passage.text, each.found) for each in blocking(findings_on(stored))}
    return [each for each in found if (each.passage.text, each.found) not in known]


@receiver(pre_save, sender=Revision, dispatch_uid="safe_messaging.guard_schedule")
def guard_schedule(sender: type[Revision], instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    """What is planned is looked at when it is planned, and again on its day."""
    if not raw and instance.approved_go_live_at:
        check_revision(instance)


@asked_before_going_online
def check_revision(revision: Revision) -> None:
    if issubclass(revision.content_type.model_class() or object, Page):
        check_words(revision.as_object())
