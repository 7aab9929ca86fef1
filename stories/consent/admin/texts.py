"""Consent texts in the admin: the versions there are, and a new one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from core.models import User
from stories.consent.models import ConsentText

from .base import ConsentView
from .forms import TextForm


@transaction.atomic
def write_text(part: str, language: str, text: str, user: User) -> ConsentText:
    """A new version, in force from now on. Raises ``ValidationError`` when somebody was a moment faster."""
    newest = ConsentText.objects.filter(part=part, language=language).aggregate(newest=Max("version"))[
        "newest"
    ]
    try:
        with transaction.atomic():
            return ConsentText.objects.create(
                part=part, language=language, text=text, version=(newest or 0) + 1, created_by=user
            )
    except IntegrityError:
        raise ValidationError(
            _("Somebody wrote a new version of this text a moment ago. Read it first.")
        ) from None


class IndexView(ConsentView, TemplateView):
    page_title = gettext_lazy("Consent texts")
    template_name = "consent/admin/texts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest: dict[tuple[str, str], ConsentText] = {}
        for text in ConsentText.objects.order_by("version"):
            newest[text.part, text.language] = text
        texts = sorted(newest.values(), key=lambda text: (text.part != "general", text.part, text.language))
        return {**super().get_context_data(**kwargs), "texts": texts}


class AddView(ConsentView, FormView):
    page_title = gettext_lazy("New version of a consent text")
    form_class = TextForm
    template_name = "consent/admin/text_form.html"

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("consent:texts"), "label": _("Consent texts")}]

    def get_initial(self) -> dict[str, Any]:
        part, language = self.request.GET.get("part", ""), self.request.GET.get("language", "")
        current = ConsentText.objects.in_force(language).get(part)
        return {"part": part, "language": language, "text": current.text if current else ""}

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        try:
            write_text(data["part"], data["language"], data["text"], self.request.user)  # type: ignore[arg-type]
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(
            self.request, _("The new text is in force. Who agreed to an earlier one, agreed to that.")
        )
        return redirect("consent:texts")
