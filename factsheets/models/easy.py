"""A sheet in words that are easy to read: a text of its own, not a shorter copy."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from core.pages import ShareablePage
from core.safe_messaging.panel import SafetyPanel
from factsheets.admin.readability import ReadabilityPanel
from factsheets.blocks.body import EasyBodyBlock
from factsheets.models.facts import today
from factsheets.presenting import standing_of

LABELS = {"nl": "Makkelijk lezen", "de": "Leichte Sprache", "fr": "FALC – facile à lire et à comprendre"}
"""Names of a way of writing that readers of the target group have tested. They are names: nobody translates them."""


class EasyReadPage(ShareablePage):
    """It may carry the label of its language only when readers of the target group tested it: by whom, and when."""

    body = StreamField(EasyBodyBlock(), verbose_name=_("text"), blank=True)
    testers = models.CharField(
        _("tested by"),
        max_length=250,
        blank=True,
        help_text=_("The group or office whose readers tested this text in this language."),
    )
    tested_on = models.DateField(_("tested on"), null=True, blank=True)

    # Each language is tested by itself: a translation begins untested.
    exclude_fields_in_copy: ClassVar[list[str]] = ["testers", "tested_on"]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        ReadabilityPanel(heading=_("Plain language")),
        SafetyPanel(),
        MultiFieldPanel([FieldPanel("testers"), FieldPanel("tested_on")], heading=_("Tested by readers")),
    ]
    parent_page_types: ClassVar[list[str]] = ["factsheets.FactsheetPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("info sheet that is easy to read")
        verbose_name_plural = _("info sheets that are easy to read")

    @property
    def is_tested(self) -> bool:
        return bool(self.testers and self.tested_on)

    @property
    def label(self) -> Any:
        """The name readers know; without a test only what is true of any text here."""
        return LABELS[self.locale.language_code] if self.is_tested else _("Simple language")

    def clean(self) -> None:
        super().clean()
        if bool(self.testers.strip()) != bool(self.tested_on):
            name = "tested_on" if self.testers.strip() else "testers"
            raise ValidationError({name: _("Say both who tested it and when, or neither.")})
        if self.tested_on and self.tested_on > today():
            raise ValidationError({"tested_on": _("This day is still to come.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        sheet = self.get_parent().specific
        return {
            **super().get_context(request, *args, **kwargs),
            "sheet": sheet,
            "standing": standing_of(sheet),
        }
