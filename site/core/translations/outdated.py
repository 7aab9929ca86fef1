"""Which translations do not say any more what their source says, and since when.

The source is compared with what was sent for translation whenever one of the two changes (a page is published, or the
texts to translate are updated), so that asking later costs nothing. A page published again without a change marks nothing.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation, TranslationSource, get_schema_version

from core.models import OutdatedTranslation

from .mail import tell_translators
from .progress import source_locale, translation_of

EDITOR_KEYS = re.compile(r' data-block-key=\\*"[^"\\]*\\*"')
"""The rich text editor names paragraphs anew; that is no change."""


def outdated_translations(page: Page | None = None) -> QuerySet[Translation]:
    """Translations that lag behind their source: of ``page`` (in whatever language it is), or all there are."""
    translations = Translation.objects.filter(enabled=True, outdated__isnull=False).select_related(
        "source", "target_locale", "outdated"
    )
    if page is not None:
        translations = translations.filter(source__object_id=page.translation_key)
        if page.locale_id != source_locale().pk:
            translations = translations.filter(target_locale_id=page.locale_id)
    return translations


def outdated_since(page: Page) -> datetime | None:
    """When the source of this translated page changed; nothing for a page that is up to date, or no translation."""
    return (
        OutdatedTranslation.objects.filter(
            translation__source__object_id=page.translation_key,
            translation__target_locale_id=page.locale_id,
            translation__enabled=True,
        )
        .values_list("since", flat=True)
        .first()
    )


def settle_schema(source: TranslationSource) -> None:
    """After the site's models changed, looks whether that concerns this page, instead of warning on every page."""
    if source.schema_out_of_date():
        TranslationSource.objects.filter(pk=source.pk).update(
            schema_version=get_schema_version(source.specific_content_type.app_label)
        )
        _compare(source)


def source_changed(source: TranslationSource) -> bool:
    """Whether the source page says something else than what its translators work from."""
    page = source.get_source_instance()
    return _content(page, page.to_json()) != _content(page, source.content_json)


@receiver(page_published, dispatch_uid="core.notice_published")
@receiver(page_unpublished, dispatch_uid="core.notice_unpublished")
def notice_page(sender: type[Any], instance: Page, **kwargs: Any) -> None:
    translation = translation_of(instance)
    if translation:
        _compare(translation.source)
        return
    source = TranslationSource.objects.get_for_instance_or_none(instance)
    if source and instance.live:
        newly = _compare(source)
        if newly:
            tell_translators("outdated", newly)


@receiver(post_save, sender=TranslationSource, dispatch_uid="core.notice_source")
def notice_source(
    sender: type[TranslationSource], instance: TranslationSource, created: bool, **kwargs: Any
) -> None:
    if not created:
        _compare(instance)


def _compare(source: TranslationSource) -> list[Translation]:
    """Brings the marks of a source's translations up to date; gives those that were marked just now."""
    try:
        changed = source_changed(source)
    except Page.DoesNotExist:
        return []
    newly = []
    for translation in source.translations.filter(enabled=True).select_related("target_locale", "source"):
        if changed or _online_from_older_texts(translation):
            __, created = OutdatedTranslation.objects.get_or_create(
                translation=translation, defaults={"since": timezone.now()}
            )
            if created:
                newly.append(translation)
        else:
            OutdatedTranslation.objects.filter(translation=translation).delete()
    return newly


def _online_from_older_texts(translation: Translation) -> bool:
    """The texts to translate were updated, but what readers see is still the translation of the older ones."""
    page = (
        Page.objects.filter(
            translation_key=translation.source.object_id, locale_id=translation.target_locale_id, live=True
        )
        .select_related("live_revision")
        .first()
    )
    if page is None:
        return False
    made = page.live_revision.created_at if page.live_revision else page.last_published_at
    return made is not None and made < translation.source.last_updated_at


def _content(page: Page, content_json: str) -> list[str]:
    """What a translation follows: the fields that are translated or synchronised, in a form to compare."""
    values = json.loads(EDITOR_KEYS.sub("", content_json))
    content = []
    for translatable in get_translatable_fields(type(page)):
        field = translatable.get_field(type(page))
        value = values.get(translatable.field_name)
        if isinstance(field, StreamField):
            value = json.loads(value or "[]")
        elif isinstance(getattr(field, "remote_field", None), ParentalKey):
            own = {"pk", field.remote_field.name}
            value = sorted(
                json.dumps({key: child[key] for key in child.keys() - own}, sort_keys=True)
                for child in value or []
            )
        content.append(json.dumps([translatable.field_name, value or None], sort_keys=True))
    return content
