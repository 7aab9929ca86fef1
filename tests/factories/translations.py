"""Pages on their way into another language."""

from __future__ import annotations

from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from core.translations import send_for_translation
from core.translations.progress import missing_segments

LANGUAGE_NAMES = {"de": "auf Deutsch", "fr": "en français"}


def locale(language: str) -> Locale:
    return Locale.objects.get(language_code=language)


def send(page: Page, language: str = "de") -> Translation:
    """``page``, just sent into ``language``: a draft without a translated text."""
    return send_for_translation(page, [locale(language)])[-1]


def fill(translation: Translation, leave: int = 0) -> None:
    """Translates all texts that are missing, but for the last ``leave`` of them."""
    missing = list(missing_segments(translation).select_related("string", "context"))
    for segment in missing[: len(missing) - leave]:
        enter(
            translation,
            segment.context.path,
            in_language(segment.string.data, translation),
            segment.string.data,
        )


def enter(translation: Translation, path: str, text: str, source: str | None = None) -> StringTranslation:
    """A translator types ``text`` at ``path``; where a place holds several texts, for the one that says ``source``."""
    segments = translation.source.stringsegment_set.filter(context__path=path)
    segment = segments.get(string__data=source) if source else segments.get()
    entered, __ = StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults={
            "data": text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "has_error": False,
        },
    )
    return entered


def in_language(text: str, translation: Translation) -> str:
    return f"{text} {LANGUAGE_NAMES[translation.target_locale.language_code]}"


def target(translation: Translation) -> Page:
    return translation.get_target_instance()
