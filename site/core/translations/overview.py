"""Every page in every language it is to be in: what is there, what lacks, what lags behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page, WorkflowState
from wagtail_localize.models import Translation

from .progress import Progress, progress_by_translation

Key = tuple[UUID, int]
"""Translation key of a page, and the id of a language."""


class Status(TextChoices):
    MISSING = "missing", _("Not sent")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting for approval")
    LIVE = "live", _("Online")
    OUTDATED = "outdated", _("Out of date")
    OWN = "own", _("Written in this language")


@dataclass(frozen=True, slots=True)
class TranslationState:
    """One page in one language. ``page_id`` is none where the page does not exist in it."""

    source_id: int
    title: str
    page_type: str
    language: str
    status: Status
    page_id: int | None = None
    online: bool = False
    progress: Progress | None = None
    since: datetime | None = None
    editable: bool = False

    @property
    def status_text(self) -> str:
        return str(self.status.label)

    @property
    def progress_text(self) -> str:
        if self.progress is None:
            return ""
        return ngettext(
            "%(translated)d of %(total)d text", "%(translated)d of %(total)d texts", self.progress.total
        ) % {"translated": self.progress.translated, "total": self.progress.total}


def translation_states(sources: QuerySet[Page], locales: Iterable[Locale]) -> list[TranslationState]:
    """The state of ``sources`` in ``locales``, page by page. Six queries, however many pages there are."""
    locales = list(locales)
    wanted = Q(translation_key__in=sources.order_by().values("translation_key"), locale__in=locales)
    pages: dict[Key, dict[str, Any]] = {
        (page["translation_key"], page["locale_id"]): page
        for page in Page.objects.filter(wanted).values("pk", "translation_key", "locale_id", "live")
    }
    translations = {
        (translation.source.object_id, translation.target_locale_id): translation
        for translation in Translation.objects.filter(
            enabled=True,
            target_locale__in=locales,
            source__object_id__in=sources.order_by().values("translation_key"),
        ).select_related("source", "outdated")
    }
    waiting = _waiting(Page.objects.filter(wanted))
    progress = _progress_of_unfinished(locales, sources)
    types = {pk: str(capfirst(model.name)) for pk, model in ContentType.objects.in_bulk().items()}
    states = []
    for source in sources.values("pk", "translation_key", "draft_title", "content_type_id"):
        for locale in locales:
            key = (source["translation_key"], locale.pk)
            page, translation = pages.get(key), translations.get(key)
            outdated = getattr(translation, "outdated", None)
            states.append(
                TranslationState(
                    source_id=source["pk"],
                    title=source["draft_title"],
                    page_type=types[source["content_type_id"]],
                    language=locale.get_display_name(),
                    status=_status(page, translation, waiting),
                    page_id=page["pk"] if page else None,
                    online=bool(page and page["live"]),
                    progress=progress.get(translation.pk) if translation else None,
                    since=outdated.since if outdated else None,
                )
            )
    return states


def _status(page: dict[str, Any] | None, translation: Translation | None, waiting: set[int]) -> Status:
    if page is None:
        return Status.MISSING
    if page["pk"] in waiting:
        return Status.WAITING
    if translation is None:
        return Status.OWN
    if getattr(translation, "outdated", None):
        return Status.OUTDATED
    return Status.LIVE if page["live"] else Status.IN_PROGRESS


def _waiting(pages: QuerySet[Page]) -> set[int]:
    """Pages that somebody has submitted and nobody has approved or sent back."""
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=pages.annotate(text_pk=Cast("pk", WorkflowState._meta.get_field("object_id"))).values(
            "text_pk"
        ),
    )
    return {int(pk) for pk in states.values_list("object_id", flat=True)}


def _progress_of_unfinished(locales: list[Locale], sources: QuerySet[Page]) -> dict[int, Progress]:
    """Counting texts is the dear part, and what is online and up to date has them all."""
    online = Page.objects.filter(
        translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale"), live=True
    )
    unfinished = Translation.objects.filter(
        Q(outdated__isnull=False) | ~Exists(online),
        enabled=True,
        target_locale__in=locales,
        source__object_id__in=sources.order_by().values("translation_key"),
    )
    return progress_by_translation(unfinished)
