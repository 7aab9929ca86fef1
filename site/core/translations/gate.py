"""What no publish button, schedule, approval, import or script gets past: untranslated text stays offline.

The guards stand at the database's door, where every way of publishing comes along. Only ``QuerySet.update()``
goes round them.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision
from wagtail_localize.models import (
    LocaleSynchronization,
    String,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from core.publishing import asked_before_going_online, touches_content

from .progress import IncompleteTranslation, check_complete, language_name, source_locale, translation_of

Text = tuple[str, str]
"""Where in the page (``body.<block id>.caption``), and the text as wagtail-localize stores it."""


@receiver(pre_save, dispatch_uid="core.guard_page")
def guard_page(
    sender: type[Any], instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """A page that is, or goes, online in another language has no text of the source left."""
    if raw or not isinstance(instance, Page):
        return
    if instance._state.adding:
        _check_tree(instance)
    if instance.live and touches_content(instance, update_fields):
        _check_alias(instance)
        translation = translation_of(instance)
        if translation:
            _check_going_live(instance, translation)


@receiver(pre_save, sender=Revision, dispatch_uid="core.guard_schedule")
def guard_schedule(sender: type[Revision], instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    """What is planned to go online must be complete when it is planned; ``publish_scheduled`` looks again."""
    if (
        not raw
        and instance.approved_go_live_at
        and issubclass(instance.content_type.model_class() or object, Page)
    ):
        check_revision(instance)


@receiver(pre_save, sender=TranslationSource, dispatch_uid="core.guard_source")
def guard_source(sender: type[TranslationSource], instance: TranslationSource, **kwargs: Any) -> None:
    """One language is translated from, or a target could have two sources."""
    if instance.locale_id != source_locale().pk:
        raise ValidationError(
            _("Only what is written in %(language)s is translated.")
            % {"language": language_name(source_locale())}
        )


@receiver(pre_save, sender=LocaleSynchronization, dispatch_uid="core.guard_synchronization")
def guard_synchronization(sender: type[LocaleSynchronization], **kwargs: Any) -> None:
    """Following a tree means showing its pages untranslated."""
    raise ValidationError(_("A language cannot follow another one: its pages would be shown untranslated."))


@asked_before_going_online
def check_revision(revision: Revision) -> None:
    """Raises ``IncompleteTranslation`` when this revision may not go online."""
    page = revision.as_object()
    translation = translation_of(page)
    if translation:
        check_complete(translation)
        _refuse(translation, source_texts(texts_of(page), translation))


def texts_of(page: Page) -> set[Text]:
    return {
        (segment.path, segment.string.data)
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    }


def source_texts(texts: set[Text], translation: Translation) -> set[Text]:
    """Those of ``texts`` that are still in the source language.

    A text that some page in the source language holds counts as untranslated, unless a translator has entered exactly
    that text at this place (a name, for example).
    """
    hashes = {String._get_data_hash(data): data for __, data in texts}
    in_source = set(
        String.objects.filter(locale_id=translation.source.locale_id, data_hash__in=hashes).values_list(
            "data", flat=True
        )
    )
    suspects = {text for text in texts if text[1] in in_source}
    if not suspects:
        return suspects
    entered = StringTranslation.objects.filter(
        locale_id=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        context__path__in={path for path, __ in suspects},
        has_error=False,
    ).values_list("context__path", "data")
    return suspects - {(path, form) for path, data in entered for form in _stored_forms(data)}


def _stored_forms(data: str) -> set[str]:
    """A translator's text as it comes back out of a rich text and out of a plain field."""
    value = StringValue(data)
    return {
        data,
        StringValue.from_translated_html(data).data,
        StringValue.from_plaintext(value.render_text()).data,
    }


def _check_going_live(page: Page, translation: Translation) -> None:
    content = page if isinstance(page, page.specific_class) else page.specific
    stored = Page.objects.filter(pk=page.pk, live=True).first()
    if stored is None or stored.live_revision_id != page.live_revision_id:
        check_complete(translation)
    texts = texts_of(content)
    if (
        stored is not None
    ):  # what is online already is not this save's doing: a lock or a move must not fail on it
        texts -= texts_of(stored.specific)
    _refuse(translation, source_texts(texts, translation))


def _refuse(translation: Translation, texts: set[Text]) -> None:
    if texts:
        raise IncompleteTranslation(
            translation.source.object_repr, language_name(translation.target_locale), len(texts)
        )


def _check_tree(page: Page) -> None:
    parent = page.get_parent() if page.depth and page.depth > 2 else None
    if parent is not None and page.locale_id and parent.locale_id != page.locale_id:
        raise ValidationError(
            _(
                "A page in %(language)s cannot stand among the pages in %(others)s. Send it for translation instead."
            )
            % {"language": language_name(page.locale), "others": language_name(parent.locale)}
        )


def _check_alias(page: Page) -> None:
    if page.alias_of_id and page.alias_of.locale_id != page.locale_id:
        raise IncompleteTranslation(page.title, language_name(page.locale), len(texts_of(page.specific)))
