"""Words of care, in three languages and as each country uses them: some have no equivalent across the border."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel

from core.countries import Country
from support.choices import Status
from support.models.pages import SupportPage
from support.models.services import today

LANGUAGES = [code for code, __ in settings.LANGUAGES]


class GlossaryTerm(ClusterableModel):
    """A text mentions it as ``{term:key}``. A language that has no word for it shows the word of another."""

    key = models.CharField(
        _("key"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9_]+\Z", _("Small letters without accents, digits and _ only."))],
        help_text=_("Stays the same for ever. A text mentions the word as {term:key}."),
    )
    term_nl = models.CharField(_("word in Dutch"), max_length=120, blank=True)
    term_de = models.CharField(_("word in German"), max_length=120, blank=True)
    term_fr = models.CharField(_("word in French"), max_length=120, blank=True)
    explanation_nl = models.TextField(_("explanation in Dutch"), max_length=600)
    explanation_de = models.TextField(_("explanation in German"), max_length=600)
    explanation_fr = models.TextField(_("explanation in French"), max_length=600)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.TO_CHECK)
    source = models.CharField(_("source"), max_length=500, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    checked_on: models.DateField[date | None, date | None] = models.DateField(
        _("last checked on"), null=True, blank=True
    )
    entered_on: models.DateField[date, date] = models.DateField(
        _("entered on"), default=today, editable=False
    )

    class Meta:
        verbose_name = _("word of the glossary")
        verbose_name_plural = _("words of the glossary")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        super().clean()
        if not any(self._words()):
            raise ValidationError({"term_nl": _("Write the word in at least one language.")})
        if self.status == Status.VERIFIED and not (self.checked_on and self.source):
            raise ValidationError(
                {"status": _("Verified is what has a source and the day somebody compared it.")}
            )

    def _words(self) -> list[str]:
        return [getattr(self, f"term_{code}") for code in LANGUAGES]

    @property
    def language(self) -> str:
        """The language of ``word``: the reader's own, or the first that has one."""
        own = (get_language() or LANGUAGES[0])[:2]
        written = (code for code in (own, *LANGUAGES) if getattr(self, f"term_{code}", ""))
        return next(written, LANGUAGES[0])

    @property
    def word(self) -> str:
        return str(getattr(self, f"term_{self.language}"))

    @property
    def is_foreign(self) -> bool:
        """Whether the reader's language has no word for it."""
        return self.language != (get_language() or LANGUAGES[0])[:2]

    @property
    def explanation(self) -> str:
        return str(getattr(self, f"explanation_{(get_language() or LANGUAGES[0])[:2]}"))

    @property
    def anchor(self) -> str:
        return self.key.replace("_", "-")

    @property
    def token(self) -> str:
        return f"{{term:{self.key}}}"


class CountryTerm(models.Model):
    """What people of one country call it. An empty word says that there is no such thing there."""

    term = ParentalKey(GlossaryTerm, on_delete=models.CASCADE, related_name="countries")
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    word = models.CharField(
        _("word there"),
        max_length=200,
        blank=True,
        help_text=_("As people there write it. Empty: there is no equivalent."),
    )
    note_nl = models.CharField(_("note in Dutch"), max_length=300, blank=True)
    note_de = models.CharField(_("note in German"), max_length=300, blank=True)
    note_fr = models.CharField(_("note in French"), max_length=300, blank=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel(name) for name in ("country", "word", "note_nl", "note_de", "note_fr")
    ]

    class Meta:
        verbose_name = _("word of a country")
        verbose_name_plural = _("words of countries")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("term", "country", name="one_word_a_country")]

    def __str__(self) -> str:
        return f"{self.country}: {self.word}"

    @property
    def note(self) -> str:
        return str(getattr(self, f"note_{(get_language() or LANGUAGES[0])[:2]}"))


class GlossaryPage(SupportPage):
    """Every word with its explanation, at an anchor of its own that texts lead to."""

    template = "support/glossary_page.html"

    class Meta:
        verbose_name = _("glossary page")
        verbose_name_plural = _("glossary pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from support.glossary import sorted_terms  # it asks the models of this folder

        return {**super().get_context(request, *args, **kwargs), "terms": sorted_terms()}
