"""“Did this help?”: a form without cookie, account or script.

There is no session that another site could abuse, so the usual CSRF token, which needs a cookie, protects nothing here.
What keeps machines out is a signed token of this sheet that ends after a day, a field that people leave empty, and a
limit for each address and hour, of which only a keyed hash is held, in memory and for that hour.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from factsheets.models import FactsheetPage, SheetAnswer
from factsheets.models.answers import without_personal_data

SALT = "factsheets.answer"
TOKEN_LASTS = 24 * 60 * 60  # seconds
AT_MOST = 20  # answers an hour from one address
HOUR = 60 * 60


class AnswerForm(forms.Form):
    helped = forms.TypedChoiceField(
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda value: value == "yes",
        error_messages={
            "required": gettext_lazy("Choose yes or no."),
            "invalid_choice": gettext_lazy("Choose yes or no."),
        },
    )
    text = forms.CharField(
        required=False,
        max_length=1000,
        error_messages={"max_length": gettext_lazy("Please keep it to 1000 characters.")},
    )
    leave_empty = forms.CharField(required=False)
    token = forms.CharField()

    def __init__(self, page: FactsheetPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page

    def clean_token(self) -> str:
        try:
            page_id = signing.loads(self.cleaned_data["token"], salt=SALT, max_age=TOKEN_LASTS)
        except signing.BadSignature:
            page_id = None
        if page_id != self.page.pk:
            raise forms.ValidationError(
                _("This form has been open for too long. Your answer is still here: please send it again.")
            )
        return str(page_id)


def answer_token(page: FactsheetPage) -> str:
    return signing.dumps(page.pk, salt=SALT)


@method_decorator(csrf_exempt, name="dispatch")
class AnswerView(View):
    """Takes one answer. It leads back to the sheet, or shows what is missing with everything typed still there."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = get_object_or_404(FactsheetPage.objects.live().public(), pk=pk)
        with override(page.locale.language_code):
            form = AnswerForm(page, request.POST)
            if not form.is_valid():
                return self._ask_again(request, page, form, status=400)
            if _too_many(request):
                form.add_error(
                    None, _("Many answers came from your connection. Please try again in an hour.")
                )
                return self._ask_again(request, page, form, status=429)
            if not form.cleaned_data["leave_empty"]:
                SheetAnswer.objects.create(
                    page=page,
                    helped=form.cleaned_data["helped"],
                    text=without_personal_data(form.cleaned_data["text"]),
                )
            return redirect(f"{page.url}?{urlencode({'answered': 'yes'})}#answer")

    def _ask_again(
        self, request: HttpRequest, page: FactsheetPage, form: AnswerForm, status: int
    ) -> HttpResponse:
        context = {"page": page, "form": form, "answer_token": answer_token(page)}
        return TemplateResponse(request, "factsheets/answer.html", context, status=status).render()


def _too_many(request: HttpRequest) -> bool:
    address = request.META.get("REMOTE_ADDR", "")
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{SALT}:{address}".encode(), hashlib.sha256).hexdigest()
    key = f"factsheets-answers-{digest[:24]}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > AT_MOST
    except ValueError:  # it ended between the two
        return False
