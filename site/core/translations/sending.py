"""A page is sent to other languages, and its translators' texts are brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from .gate import texts_of
from .mail import tell_translators
from .outdated import source_changed
from .progress import language_name, source_locale


def target_locales(page: Page) -> list[Locale]:
    """The languages that ``page`` is not translated into yet. Only pages in the source language are sent."""
    if page.locale_id != source_locale().pk:
        return []
    translated = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    return list(
        Locale.objects.exclude(pk=page.locale_id).exclude(pk__in=translated.values("target_locale_id"))
    )


@transaction.atomic
def send_for_translation(
    page: Page, locales: Iterable[Locale], user: Any = None, *, include_subtree: bool = False
) -> list[Translation]:
    """Makes a draft of ``page`` in every language, with parents where they lack, and tells the translators.

    Languages it was sent to before are left alone. Of a subtree, pages that are not online are left out.
    Raises ``ValidationError`` with a sentence when ``page`` or a parent cannot be sent.
    """
    page = Page.objects.get(pk=page.pk).specific  # as it is stored, whatever the caller has changed
    _check_sendable(page)
    pages = [page]
    if include_subtree:
        pages += list(page.get_descendants().live().specific())
    sent = []
    for each in pages:
        for locale in locales:
            sent += _send(each, locale, user)
    tell_translators("arrived", sent, by=user)
    return sent


def update_from_source(source: TranslationSource, user: Any = None) -> bool:
    """Gives translators the source's present texts. What is online stays until it is approved anew.

    Returns whether anything had changed. Translations of unchanged texts are kept.
    """
    page = source.get_source_instance()
    _check_sendable(page)
    if not source_changed(source):
        return False
    with transaction.atomic():
        source.update_from_db()
        for translation in source.translations.filter(enabled=True).select_related("target_locale"):
            source.update_target_view_restrictions(translation.target_locale)
    tell_translators("updated", list(source.translations.filter(enabled=True)), by=user)
    return True


def _send(page: Page, locale: Locale, user: Any) -> list[Translation]:
    if locale not in target_locales(page):
        return []
    _check_sendable(page)
    parent = page.get_parent()
    sent = [] if parent.is_root() or parent.has_translation(locale) else _send(parent.specific, locale, user)
    source, created = TranslationSource.get_or_create_from_instance(page)
    if not created and source_changed(source):
        source.update_from_db()
    translation, __ = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    target = page.get_translation_or_none(locale)
    if target is None:
        translation.save_target(user=user, publish=False)
    else:
        _adopt(target.specific, translation)
    return [*sent, translation]


def _adopt(page: Page, translation: Translation) -> None:
    """A page written in its own language becomes a translation: its title and other plain fields are kept.

    It stays online as it is until the translation replaces it.
    """
    texts = {path: text for path, text in texts_of(page) if "." not in path}
    for segment in StringSegment.objects.filter(source_id=translation.source_id).select_related(
        "context", "string"
    ):
        text = texts.get(segment.context.path)
        if text and text != segment.string.data:
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale_id=translation.target_locale_id,
                defaults={"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
            )


def _check_sendable(page: Page) -> None:
    if page.locale_id != source_locale().pk:
        raise ValidationError(
            _("Only what is written in %(language)s is translated.")
            % {"language": language_name(source_locale())}
        )
    if not page.live:
        raise ValidationError(
            _("Publish “%(title)s” first: translators work from a text that has been approved.")
            % {"title": page.title}
        )
