"""Translating outside of the site: a PO file goes out, and comes back whole or not at all."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polib
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from .progress import Progress, language_name, progress_of

LARGEST = 2 * 1024 * 1024
"""Bytes. The longest page of the site makes a file of a few tens of kilobytes."""
IDENTITY = "X-WagtailLocalize-TranslationID"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: texts taken over, texts the page does not have any more, and how far it is now."""

    taken: int
    unknown: int
    progress: Progress


def export_po(translation: Translation) -> str:
    """The file for a translator: source texts, what is translated already, and both languages named."""
    po = translation.export_po()
    po.metadata["Language"] = translation.target_locale.language_code
    po.metadata["X-Source-Language"] = translation.source.locale.language_code
    return str(po)


def import_po(translation: Translation, upload: UploadedFile[Any] | None, user: Any) -> Imported:
    """Takes over the texts of an uploaded file. Raises ``ValidationError`` with one sentence, and then nothing changed."""
    po = read_po(upload)
    _check_identity(po, translation)
    segments = {
        (segment.context.path, segment.string.data): segment
        for segment in StringSegment.objects.filter(source_id=translation.source_id).select_related(
            "context", "string"
        )
    }
    entries = [entry for entry in po if entry.msgstr.strip() and not entry.fuzzy and not entry.obsolete]
    known = [entry for entry in entries if (entry.msgctxt, entry.msgid) in segments]
    for entry in known:
        _check_text(entry, translation)
    accepted = polib.POFile()
    accepted.metadata = po.metadata
    accepted.extend(known)
    with transaction.atomic():
        translation.import_po(accepted, user=user, tool_name="PO")
    return Imported(len(known), len(entries) - len(known), progress_of(translation))


def read_po(upload: UploadedFile[Any] | None) -> polib.POFile:
    """Reads what somebody chose to upload, whatever it is. Raises ``ValidationError``."""
    if upload is None:
        raise ValidationError(_("Choose a PO file first."))
    if (upload.size or 0) > LARGEST:
        raise ValidationError(_("This file is too large: a PO file of a page is at most 2 MB."))
    try:
        text = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(
            _("This file is not in UTF-8. Save it as UTF-8 in your translation program and upload it again.")
        ) from None
    try:
        po = _parse(text)
    except (OSError, ValueError, IndexError, KeyError, AttributeError, LookupError):
        po = polib.POFile()  # polib meets what is no PO file with whatever error comes first
    if not len(po):
        raise ValidationError(
            _("This is no PO file. Upload the file that you downloaded here, with your translations.")
        )
    return po


def _parse(text: str) -> polib.POFile:
    """By way of a file of our own: given a text, polib would open a file of that name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.po"
        path.write_text(text, encoding="utf-8")
        return polib.pofile(str(path), encoding="utf-8")


def _check_identity(po: polib.POFile, translation: Translation) -> None:
    """The file must have been made for this page in this language."""
    try:
        other = Translation.objects.filter(uuid=po.metadata.get(IDENTITY, "")).first()
    except (ValidationError, ValueError):
        other = None
    if other is None:
        raise ValidationError(
            _("This file was not downloaded from this site. Download the PO file anew and translate that.")
        )
    language = (
        po.metadata.get("Language", translation.target_locale.language_code).replace("_", "-").split("-")[0]
    )
    if other.pk != translation.pk or language != translation.target_locale.language_code:
        raise ValidationError(
            _("This file belongs to “%(other)s” in %(other_language)s; this is “%(title)s” in %(language)s.")
            % {
                "other": other.source.object_repr,
                "other_language": language_name(other.target_locale)
                if other.pk != translation.pk
                else _named(language),
                "title": translation.source.object_repr,
                "language": language_name(translation.target_locale),
            }
        )


def _named(language: str) -> str:
    locale = Locale.objects.filter(language_code=language).first()
    return language_name(locale) if locale else language


def _check_text(entry: polib.POEntry, translation: Translation) -> None:
    text = Truncator(entry.msgstr).chars(60)
    if "\x00" in entry.msgstr:
        raise ValidationError(
            _("The text “%(text)s” holds characters that cannot be stored.")
            % {"text": text.replace("\x00", "")}
        )
    try:
        StringValue.from_translated_html(entry.msgstr)
        validate_translation_links(entry.msgid, entry.msgstr)
    except ValueError:
        raise ValidationError(
            _(
                "The text “%(text)s” has other markup than the original: keep tags such as <b> and <a> as they are there."
            )
            % {"text": text}
        ) from None
    longest = longest_text(translation, entry.msgctxt)
    if longest is not None and len(StringValue(entry.msgstr).render_text()) > longest:
        raise ValidationError(
            _("The text “%(text)s” is too long: at most %(longest)d characters fit.")
            % {"text": text, "longest": longest}
        )


def longest_text(translation: Translation, path: str) -> int | None:
    """How many characters fit at this place of the page; none where there is no limit."""
    model = translation.source.specific_content_type.model_class()
    try:
        return getattr(model._meta.get_field(path), "max_length", None)
    except FieldDoesNotExist:
        return None
