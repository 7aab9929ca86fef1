"""Translated texts become a draft; the draft is submitted, approved and published like any other.

wagtail-localize saves a translation by writing the page itself, which changes a page that is online at once, untranslated
texts included. Here a revision is made and the page stays as it is until that revision is published.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog

from .progress import check_complete

# Plain ASCII for addresses, as the two languages write it themselves where the letters are missing.
LETTERS = {
    "de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"}),
    "fr": str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "-", "'": "-"}),
}


def slug_from(title: str, language: str) -> str:
    """The address a page gets from its title: ASCII, lower case, with hyphens. Empty for a title without letters."""
    return slugify(title.translate(LETTERS.get(language, {})))[:255].strip("-")


def propose_slug(translation: Translation) -> None:
    """A translated title brings its own address along, which the translator may still change."""
    slug = _segment(translation, "slug")
    title = _segment(translation, "title")
    if slug is None or title is None or _entered(slug, translation).exists():
        return
    entered = _entered(title, translation).filter(has_error=False).first()
    address = slug_from(entered.data, translation.target_locale.language_code) if entered else ""
    if address:
        StringTranslation.objects.create(
            translation_of_id=slug.string_id,
            context_id=slug.context_id,
            locale_id=translation.target_locale_id,
            data=address,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by=entered.last_translated_by if entered else None,
        )


def save_draft(translation: Translation, user: Any) -> Revision:
    """A new revision of the target with all texts entered so far. Raises ``ValidationError`` at the texts at fault."""
    propose_slug(translation)
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    page.slug = find_available_slug(
        page.get_parent(), slugify(page.slug) or str(page.pk), ignore_page_id=page.pk
    )
    try:
        with transaction.atomic():
            revision = page.save_revision(user=user, log_action=True)
            translation.source.update_target_view_restrictions(translation.target_locale)
            TranslationLog.objects.create(
                source=translation.source, locale=translation.target_locale, revision=revision
            )
    except ValidationError as error:
        _mark_errors(translation, error)
        raise
    return revision


@transaction.atomic
def submit_for_approval(translation: Translation, user: Any) -> WorkflowState:
    """Sends the finished translation to the people who approve pages.

    Raises ``IncompleteTranslation``, or ``ValidationError`` with a sentence when it waits already or nobody approves.
    """
    check_ready(translation)
    page = translation.get_target_instance()
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise ValidationError(_("This translation waits for approval already."))
    workflow = page.get_workflow()
    if state is None and workflow is None:
        raise ValidationError(_("Nobody approves pages here yet. Ask an administrator to set up a workflow."))
    page = save_draft(translation, user).content_object
    if state is not None:
        state.resume(user)
        return state
    return workflow.start(page, user)


@transaction.atomic
def publish_translation(translation: Translation, user: Any) -> Page:
    """Publishes the finished translation; an approval that was asked for ends. Raises as above."""
    check_ready(translation)
    save_draft(translation, user).publish(user=user)
    return translation.get_target_instance()


def check_ready(translation: Translation) -> None:
    propose_slug(translation)
    check_complete(translation)


def _segment(translation: Translation, path: str) -> StringSegment | None:
    return StringSegment.objects.filter(source_id=translation.source_id, context__path=path).first()


def _entered(segment: StringSegment, translation: Translation) -> Any:
    return StringTranslation.objects.filter(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=translation.target_locale_id,
    )


def _mark_errors(translation: Translation, error: ValidationError) -> None:
    """Shows a field's error at the text that fills the field, as wagtail-localize does."""
    for field, errors in getattr(error, "error_dict", {}).items():
        segment = _segment(translation, field)
        entered = _entered(segment, translation).first() if segment else None
        if entered:
            entered.set_field_error(errors)
