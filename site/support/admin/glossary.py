"""The glossary in the admin: a word, its three languages, and what each country calls it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from support.mentions import users_of
from support.models import GlossaryTerm
from support.models.glossary import LANGUAGES

NAMED = 5  # of the pages that mention a word


class DeleteTerm(DeleteView):
    """What texts mention stays: they would show its key, and their readers no explanation."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._refusal() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._refusal() or super().post(request, *args, **kwargs)

    def _refusal(self) -> HttpResponse | None:
        users = users_of(self.object.key)
        if not users:
            return None
        words = ngettext(
            "“%(word)s” cannot be deleted: %(count)s page or post mentions it (%(users)s). Take it out there first.",
            "“%(word)s” cannot be deleted: %(count)s pages or posts mention it (%(users)s). Take it out there first.",
            len(users),
        )
        named = ", ".join(str(user) for user in users[:NAMED])
        messages.error(self.request, words % {"word": self.object, "count": len(users), "users": named})
        return redirect(self.get_success_url())


class GlossaryTermViewSet(ModelViewSet):
    model = GlossaryTerm
    delete_view_class = DeleteTerm
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
