"""Keeps the index of used facts in step with what people write, and tells facts that they changed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, Revision, RevisionMixin
from wagtail.signals import page_published, page_unpublished, published, unpublished

from factsheets import refreshing
from factsheets.models import Fact, FactsheetPage, SheetReview
from factsheets.tasks import print_sheet, print_stale
from factsheets.usage import forget_usage, index_usage
from support.models import GlossaryTerm, SupportService
from support.signals import directory_changed


@receiver([page_published, page_unpublished, published, unpublished])
def index_what_went_online_or_offline(instance: Any, **kwargs: Any) -> None:
    index_usage(instance.specific if isinstance(instance, Page) else instance)


@receiver(post_save, sender=Revision)
def index_draft(instance: Revision, created: bool, **kwargs: Any) -> None:
    """The newest revision is known to its page only after it was saved."""
    if created:
        transaction.on_commit(lambda: _index_latest(instance))


def _index_latest(revision: Revision) -> None:
    content = revision.content_object
    if content is not None and hasattr(content, "live"):
        content.refresh_from_db()
        index_usage(content)


@receiver(post_delete)
def forget_what_is_gone(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, RevisionMixin):
        forget_usage(instance)


@receiver([page_published, page_unpublished])
def print_what_went_online(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, FactsheetPage):
        transaction.on_commit(lambda: print_sheet.enqueue(instance.pk))


@receiver(post_save, sender=SheetReview)
def print_what_was_reviewed(instance: SheetReview, **kwargs: Any) -> None:
    """The review stands on the sheets of all languages."""
    for page in FactsheetPage.objects.live().filter(translation_key=instance.sheet_key):
        transaction.on_commit(partial(print_sheet.enqueue, page.pk))


@receiver(post_save, sender=Fact)
def tell_dependants(instance: Fact, **kwargs: Any) -> None:
    """After the commit: its values are saved after the fact itself."""
    transaction.on_commit(lambda: refreshing.refresh_if_changed(instance.pk))


@receiver([post_save, post_delete], sender=GlossaryTerm)
@receiver([post_save, post_delete], sender=SupportService)
@receiver(directory_changed)
def print_what_the_directory_says(created: bool = False, **kwargs: Any) -> None:
    """Words, numbers and hours stand on sheets: those that say something else now are printed at once."""
    if not created:  # what is new, no sheet names yet
        transaction.on_commit(print_stale.enqueue)
