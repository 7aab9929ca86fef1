"""The steps between the first page and sending. Each one is kept on the server before the next is shown."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.consent.models import ConsentText
from stories.consent.purposes import Part, Purpose
from stories.models.pages import AgeBand
from stories.submissions.drafting import ChangedMeanwhile, save_draft, send
from stories.submissions.files import LimitedUploadHandler, delete_file, forget_file, keep_file
from stories.submissions.framing import campaign_name
from stories.submissions.limits import too_many
from stories.submissions.links import address_of, version_in, word_for
from stories.submissions.models import HeldBack, Submission

from .entering import by_submission_link, refuse_for_now
from .forms import AboutForm, AgreeForm, FileForm, StoryForm, initial_of

STEPS: dict[str, Any] = {
    "story": gettext_lazy("Your story"),
    "about": gettext_lazy("About you"),
    "file": gettext_lazy("A picture or a recording"),
    "agree": gettext_lazy("What you agree to"),
    "check": gettext_lazy("Read it again and send"),
}
FORMS: dict[str, type[forms.Form]] = {
    "story": StoryForm,
    "about": AboutForm,
    "file": FileForm,
    "agree": AgreeForm,
}
UNSAVED = {"website", "general", "file", "email", "phone", *Purpose.values}
"""Fields that are no answers, or have a place of their own."""


@by_submission_link
def step(request: HttpRequest, submission: Submission, token: str, name: str) -> HttpResponse:
    if name not in STEPS:
        raise Http404
    if not submission.is_draft:
        return redirect("submission", token)
    if name == "check":
        return _check(request, submission, token)
    if request.method != "POST":
        return _show(request, submission, token, name, FORMS[name](initial=initial_of(submission)))
    request.upload_handlers = [LimitedUploadHandler(request)]
    try:
        return _take(request, submission, token, name)
    except RequestDataTooBig:
        form = FORMS[name](initial=initial_of(submission))
        problem = _("That was far too much at once. Go back, make it shorter and try again.")
        return _show(request, submission, token, name, form, problem=problem, status=413)


def _take(request: HttpRequest, submission: Submission, token: str, name: str) -> HttpResponse:
    """Keeps all that can be kept, also when something else has to be looked at again."""
    form = _bound(request, name)
    valid = form.is_valid()
    quietly = request.headers.get("Accept") == "application/json"
    seen = version_in(request.POST.get("word", ""), submission)
    before = submission.file.name
    fields = _keep(submission, form, remove="remove" in request.POST)
    answers = {key: value for key, value in form.cleaned_data.items() if key not in UNSAVED}
    try:
        submission = save_draft(submission, seen, answers, **fields)
    except ChangedMeanwhile:
        if submission.file.name != before:
            delete_file(submission.file.name)
        if quietly:
            return JsonResponse({}, status=HTTPStatus.CONFLICT)
        return _changed_meanwhile(request, submission, token, name, form)
    if submission.file.name != before:
        delete_file(before)
    if quietly:
        return JsonResponse({"word": word_for(submission)})
    if not valid:
        return _show(request, submission, token, name, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _go_on(request, token, name)


def _go_on(request: HttpRequest, token: str, name: str) -> HttpResponse:
    if "later" in request.POST:
        return redirect("submission", token)
    names = list(STEPS)
    return redirect(
        "submission_step", token, name if "remove" in request.POST else names[names.index(name) + 1]
    )


def _bound(request: HttpRequest, name: str) -> forms.Form:
    if name == "file":
        # Reading the form is what fills in whether the file was too large.
        data, files = request.POST, request.FILES
        return FileForm(data, files, too_large=getattr(request, "upload_too_large", False))
    return FORMS[name](request.POST)


def _fields_of(submission: Submission) -> dict[str, Any]:
    names = ("file", "file_key", "file_kind", "file_ending")
    return {name: getattr(submission, name) for name in names}


def _keep(submission: Submission, form: forms.Form, *, remove: bool) -> dict[str, Any]:
    """What one step changes beside the answers."""
    if isinstance(form, StoryForm) and form.trapped:
        return {"held_back": HeldBack.TRAP}
    if isinstance(form, AboutForm):
        return {"is_minor": form.cleaned_data.get("age_band") == AgeBand.UNDER_18}
    if isinstance(form, FileForm) and (form.kept or remove):
        forget_file(submission)
        if form.kept and not remove:
            keep_file(submission, *form.kept)
        return _fields_of(submission)
    if isinstance(form, AgreeForm):
        texts = ConsentText.objects.in_force(submission.language)
        contact = {key: form.cleaned_data[key] for key in ("email", "phone") if form.cleaned_data.get(key)}
        return {"ticks": {part: texts[part].pk for part in form.parts}, "contact": contact}
    return {}


def _changed_meanwhile(
    request: HttpRequest, submission: Submission, token: str, name: str, form: forms.Form
) -> HttpResponse:
    fresh = Submission.objects.filter(pk=submission.pk).first()
    if fresh is None or not fresh.is_draft:
        return redirect("submission", token)
    problem = _(
        "You changed this in another window as well. What you typed here is below: keep it by saving once more."
    )
    return _show(request, fresh, token, name, form, problem=problem, status=HTTPStatus.CONFLICT)


def missing_step(submission: Submission) -> str:
    """The first step without which nothing can be sent; empty when all is there."""
    if not submission.answers.get("text"):
        return "story"
    return "" if Part.GENERAL in submission.ticks else "agree"


def _check(request: HttpRequest, submission: Submission, token: str) -> HttpResponse:
    missing = missing_step(submission)
    if request.method == "POST" and not missing:
        if too_many(request, "send"):
            return refuse_for_now(request)
        send(submission)  # twice is the same as once
        return redirect("submission", token)
    context = {**_context(submission, token, "check"), "missing": missing}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "submissions/teller/check.html", context, status=status)


def _show(
    request: HttpRequest,
    submission: Submission,
    token: str,
    name: str,
    form: forms.Form,
    *,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {**_context(submission, token, name), "form": form, "problem": problem}
    if name == "agree":
        texts = ConsentText.objects.in_force(submission.language)
        context["general"] = texts[Part.GENERAL]
        context["uses"] = [(form[purpose.value], texts[purpose.value]) for purpose in Purpose]
    return render(request, f"submissions/teller/{name}.html", context, status=status)


def _context(submission: Submission, token: str, name: str) -> dict[str, Any]:
    names = list(STEPS)
    return {
        "submission": submission,
        "token": token,
        "steps": [(key, STEPS[key]) for key in names],
        "name": name,
        "number": names.index(name) + 1,
        "step_title": STEPS[name],
        "before": names[names.index(name) - 1] if names.index(name) else "",
        "word": word_for(submission),
        "address": address_of(token),
        "campaign_name": campaign_name(submission.campaign),
        "answers": answers_of(submission),
    }


def answers_of(submission: Submission) -> list[tuple[str, str, str]]:
    """(step, question, answer) of all that was answered, as people read it."""
    rows = []
    for name, form_class in FORMS.items():
        for key, field in form_class().fields.items():
            value = submission.answers.get(key)
            if value and key not in UNSAVED:
                choices = dict(getattr(field, "choices", ()))
                rows.append((name, str(field.label), str(choices.get(value, value))))
    return rows
