"""The glossary in the admin: a word, its three languages, and what each country calls it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from support.models import GlossaryTerm
from support.models.glossary import LANGUAGES


class GlossaryTermViewSet(ModelViewSet):
    model = GlossaryTerm
    name = "glossary_term"
    url_prefix = "support/glossary"
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 400
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields: ClassVar[list[str]] = ["key", *(f"term_{code}" for code in LANGUAGES)]
    search_backend_name = None
    list_display: ClassVar[list[Any]] = [
        "__str__",
        Column("token", label=_("In a text")),
        "status",
        "checked_on",
    ]
    list_filter: ClassVar[list[str]] = ["status"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("key"),
        MultiFieldPanel([FieldPanel(f"term_{code}") for code in LANGUAGES], heading=_("The word")),
        MultiFieldPanel(
            [FieldPanel(f"explanation_{code}") for code in LANGUAGES], heading=_("What it means")
        ),
        InlinePanel("countries", heading=_("In each country"), label=_("Country"), max_num=3),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("status"), FieldPanel("checked_on")]),
                FieldPanel("source"),
                FieldPanel("source_url"),
            ],
            heading=_("Where this comes from"),
        ),
    ]
