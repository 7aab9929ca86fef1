"""How far a translation is, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Trim
from django.utils.translation import get_language, ngettext
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.publishing import MayNotGoOnline


@dataclass(frozen=True, slots=True)
class Progress:
    """Texts of a page, in total and translated."""

    total: int
    translated: int

    @property
    def missing(self) -> int:
        return self.total - self.translated

    @property
    def complete(self) -> bool:
        return self.missing == 0


class IncompleteTranslation(MayNotGoOnline):
    """Something tried to bring a page online of which ``missing`` texts are not translated."""

    def __init__(self, title: str, language: str, missing: int) -> None:
        self.missing = missing
        sentence = ngettext(
            "“%(title)s” cannot go online in %(language)s yet: %(missing)d text is not translated.",
            "“%(title)s” cannot go online in %(language)s yet: %(missing)d texts are not translated.",
            missing,
        )
        super().__init__(
            {NON_FIELD_ERRORS: sentence % {"title": title, "language": language, "missing": missing}}
        )


def source_locale() -> Locale:
    """The language that pages are written in. All others are translated from it."""
    return Locale.get_default()


def language_name(locale: Locale) -> str:
    """The language as a sentence in the reader's own names it: Duits, Deutsch, allemand."""
    name = locale.language_name_localized
    return name.lower() if (get_language() or "").startswith("fr") else name


def translation_of(page: Page) -> Translation | None:
    """The translation that ``page`` is the target of; none for a source and for a page written where it stands."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .select_related("source", "target_locale")
        .first()
    )


def translated(locale: object) -> Exists:
    """For segments: whether this one has a translation. An empty one is none: the page would show the source."""
    return Exists(
        StringTranslation.objects.annotate(text=Trim("data"))
        .filter(
            translation_of_id=OuterRef("string_id"),
            context_id=OuterRef("context_id"),
            locale_id=locale,
            has_error=False,
        )
        .exclude(text="")
    )


def missing_segments(translation: Translation) -> QuerySet[StringSegment]:
    """The texts of the page that nobody has translated, in the order of the page."""
    return (
        StringSegment.objects.filter(source_id=translation.source_id)
        .exclude(translated(translation.target_locale_id))
        .order_by("order")
    )


def progress_of(translation: Translation) -> Progress:
    total = StringSegment.objects.filter(source_id=translation.source_id).count()
    return Progress(total, total - missing_segments(translation).count())


def progress_by_translation(translations: QuerySet[Translation]) -> dict[int, Progress]:
    """Translation id to progress, for any number of translations in one query."""
    counted = (
        StringSegment.objects.filter(source__translations__in=translations)
        .annotate(target=F("source__translations"), locale=F("source__translations__target_locale"))
        .filter(target__in=translations)
        .annotate(done=translated(OuterRef("locale")))
        .values("target")
        .annotate(total=Count("pk"), translated=Count("pk", filter=Q(done=True)))
        .order_by()
    )
    return {row["target"]: Progress(row["total"], row["translated"]) for row in counted}


def check_complete(translation: Translation) -> None:
    """Raises ``IncompleteTranslation`` when a text is not translated."""
    progress = progress_of(translation)
    if not progress.complete:
        raise IncompleteTranslation(
            translation.source.object_repr, language_name(translation.target_locale), progress.missing
        )
