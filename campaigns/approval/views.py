"""Signing off by a private link: read exactly this version, agree, or say what should change. No account, no cookie."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.approval.models import SignOff
from campaigns.approval.signing import agree, ask_for_changes, is_still_about
from campaigns.models import Post
from campaigns.previewing import previews_of
from core.private_links import leave_nothing, nonce_fits, nonce_for

RATE = "sign_off"
PURPOSE = "campaigns.approval.form"


class AnswerForm(forms.Form):
    decision = forms.ChoiceField(choices=[("agree", "agree"), ("changes", "changes")])
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Write your name, so that it is known who agreed.")},
    )
    remark = forms.CharField(
        label=_("What should change?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "changes" and not (data.get("remark") or "").strip():
            self.add_error("remark", _("Say what should change. One sentence is enough."))
        return data


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, token: str) -> HttpResponse:
    return leave_nothing(_enter(request, token))


def _enter(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST" and not ratelimit.consume(request, action=RATE, key=token):
        response = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = "300"
        return response
    known = SignOff.behind(token)
    if known is None:
        return render(request, "approval/closed.html", {"sign_off": None}, status=HTTPStatus.NOT_FOUND)
    if not known.is_waiting:
        status = HTTPStatus.OK if known.answered_at else HTTPStatus.GONE
        return render(request, "approval/closed.html", {"sign_off": known}, status=status)
    if known.revision is None or not is_still_about(known):
        known.state = SignOff.State.VOID
        return render(request, "approval/closed.html", {"sign_off": known}, status=HTTPStatus.CONFLICT)
    return _answer(request, known, token) if request.method == "POST" else _show(request, known, AnswerForm())


def _answer(request: HttpRequest, known: SignOff, token: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not nonce_fits(request.POST.get("nonce", ""), PURPOSE, _state(known)):
        return _show(
            request, known, form, problem=_("This form is too old. Please press the button once more.")
        )
    if not form.is_valid():
        return _show(request, known, form)
    data = form.cleaned_data
    if data["decision"] == "agree":
        agree(known, data["name"])
    else:
        ask_for_changes(known, data["name"], data["remark"])
    return redirect("sign_off", token)


def _state(known: SignOff) -> str:
    return f"{known.pk}.{known.content_digest}"


def _show(request: HttpRequest, known: SignOff, form: AnswerForm, problem: Any = "") -> HttpResponse:
    version: Post = known.post.get_latest_revision_as_object()
    context = {
        "sign_off": known,
        "version": version,
        "previews": previews_of(version),
        "form": form,
        "problem": problem,
        "nonce": nonce_for(PURPOSE, _state(known)),
    }
    failed = bool(problem) or form.is_bound
    return render(
        request, "approval/sign_off.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if failed else None
    )
