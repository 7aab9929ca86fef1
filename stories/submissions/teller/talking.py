"""Behind the private link once a story was sent: where it stands, the talk with the team, taking it back."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from stories.consent.actions import TELLER, make_link
from stories.consent.models import ConsentRecord
from stories.submissions.deciding import By, mark_read, write
from stories.submissions.erasing import take_back
from stories.submissions.framing import campaign_name
from stories.submissions.limits import too_many
from stories.submissions.links import address_of, version_in, word_for
from stories.submissions.models import Submission

from .entering import by_submission_link, refuse_for_now
from .forms import MessageForm
from .steps import answers_of, missing_step


@by_submission_link
def submission(request: HttpRequest, found: Submission, token: str) -> HttpResponse:
    """A draft to go on with, or a submission with its talk. POST is a message of the teller."""
    if found.is_erased:
        return _show_erased(request, found, token)
    if found.is_draft:
        context = {
            "submission": found,
            "token": token,
            "address": address_of(token),
            "next": missing_step(found) or "check",
            "word": word_for(found),
        }
        return render(request, "submissions/teller/draft.html", context)
    form, problem = MessageForm(), ""
    if request.method == "POST":
        if too_many(request, "write"):
            return refuse_for_now(request)
        form = MessageForm(request.POST)
        if form.is_valid():
            try:
                write(found, form.cleaned_data["text"])
                return redirect(reverse("submission", args=[token]) + "?noted#talk")
            except ValidationError as refusal:
                problem = refusal.messages[0]
    return _show(request, found, token, form, problem)


def _show(
    request: HttpRequest, found: Submission, token: str, form: MessageForm, problem: str
) -> HttpResponse:
    messages = list(found.messages.all())
    mark_read(found, By.TEAM)
    context = {
        "submission": found,
        "token": token,
        "address": address_of(token),
        "form": form,
        "problem": problem,
        "noted": "noted" in request.GET,
        "messages_of_both": messages,
        "answers": answers_of(found),
        "word": word_for(found),
        "agreement": _may_open_agreement(found),
        "campaign_name": campaign_name(found.campaign),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or problem else HTTPStatus.OK
    return render(request, "submissions/teller/sent.html", context, status=status)


def _show_erased(request: HttpRequest, found: Submission, token: str) -> HttpResponse:
    agreement = _may_open_agreement(found)
    context = {"submission": found, "token": token, "agreement": agreement, "word": word_for(found)}
    status = HTTPStatus.OK if agreement else HTTPStatus.GONE
    return render(request, "submissions/teller/erased.html", context, status=status)


def _consent_of(found: Submission) -> ConsentRecord | None:
    if found.story_key is None:
        return None
    return ConsentRecord.objects.filter(story_key=found.story_key, role=ConsentRecord.Role.TELLER).first()


def _may_open_agreement(found: Submission) -> bool:
    """Whether the teller may go on to their story and their agreement. For a minor, an officer talks first."""
    record = _consent_of(found)
    return record is not None and (not record.is_minor or bool(record.identity.get("guardian")))


@by_submission_link
def agreement(request: HttpRequest, found: Submission, token: str) -> HttpResponse:
    """From the private link of the submission to the one of the story that was made of it."""
    record = _consent_of(found)
    ours = version_in(request.POST.get("word", ""), found) is not None
    if request.method != "POST" or not ours or record is None or not _may_open_agreement(found):
        return redirect("submission", token)
    __, address = make_link(record, TELLER)
    return redirect(address[address.index("/", len("https://")) :])


@by_submission_link
def back(request: HttpRequest, found: Submission, token: str) -> HttpResponse:
    """One question, one button: a draft is thrown away, a submission erased."""
    if found.is_erased or found.story_key:
        return redirect("submission", token)
    if request.method == "POST" and version_in(request.POST.get("word", ""), found) is not None:
        was_draft = found.is_draft
        take_back(found)
        if was_draft:
            return render(request, "submissions/teller/thrown_away.html")
        return redirect("submission", token)
    context = {"submission": found, "token": token, "word": word_for(found)}
    return render(request, "submissions/teller/back.html", context)
