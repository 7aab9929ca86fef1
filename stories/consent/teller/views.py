"""What a teller does by the private link: read, approve, ask for changes, change the agreement, stop."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stories.consent.actions import (
    TELLER,
    ChangedMeanwhile,
    change_agreement,
    latest_reviews,
    review_version,
    version_in,
    withdraw_story,
)
from stories.consent.models import ConsentRecord, ConsentText, How, PrivateLink, VersionReview, Withdrawal
from stories.consent.proof import proof_of, signed_proof
from stories.consent.purposes import Part, Purpose
from stories.consent.versions import digest_of, newest_content, versions_of
from stories.models import StoryPage

from .entering import by_private_link
from .forms import AgreementForm, WordForm
from .listening import private_address_of
from .nonces import nonce_for, version_in_nonce
from .renewing import ask_for_new_link


@by_private_link()
def overview(request: HttpRequest, link: PrivateLink, token: str) -> HttpResponse:
    """Where the story stands, and what the person agreed to. POST changes the agreement."""
    record = _record(link)
    if not record.is_active:
        return redirect("my_story_proof", token)
    if request.method != "POST":
        said = "saved" if "saved" in request.GET else "noted" if "noted" in request.GET else ""
        return _show(request, link, token, AgreementForm(record=record), said=said)
    form = AgreementForm(request.POST, record=record)
    version = version_in_nonce(request.POST.get("nonce", ""), link)
    if version is not None and not form.is_valid():
        return _show(request, link, token, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    problem = _stale() if version is None else _change(record, form, version)
    if problem:
        return _show(request, link, token, AgreementForm(record=_record(link)), problem=problem)
    return redirect(reverse("my_story", args=[token]) + "?saved")


def _change(record: ConsentRecord, form: AgreementForm, version: int) -> str:
    """Changes the agreement; gives the sentence that stops it, or nothing."""
    try:
        change_agreement(
            record.pk,
            version,
            TELLER,
            purposes=form.purposes,
            until=form.cleaned_data["until"],
            how=How.ONLINE,
        )
    except ChangedMeanwhile:
        return _stale()
    except ValidationError as refusal:
        return str(refusal.messages[0])
    return ""


def _stale() -> str:
    return _("This form is too old, or was used before. Below is how it stands now: please choose again.")


def _record(link: PrivateLink) -> ConsentRecord:
    return ConsentRecord.objects.prefetch_related("ticks__text").get(pk=link.record_id)


def _show(
    request: HttpRequest,
    link: PrivateLink,
    token: str,
    form: AgreementForm,
    *,
    said: str = "",
    problem: str = "",
    status: int | None = None,
) -> HttpResponse:
    record = _record(link)
    ticks = record.ticks_in_force()
    texts = {part: tick.text for part, tick in ticks.items()}
    for part, text in ConsentText.objects.in_force(record.language).items():
        texts.setdefault(part, text)
    context = {
        "record": record,
        "token": token,
        "form": form,
        "nonce": nonce_for(link, record),
        "link": link,
        "general": texts[Part.GENERAL],
        "rows": [
            {"field": form[purpose.value], "text": texts[purpose.value], "tick": ticks.get(purpose.value)}
            for purpose in Purpose
        ],
        "versions": _versions(record),
        "said": said,
        "problem": problem,
    }
    if problem and status is None:
        status = HTTPStatus.CONFLICT
    return render(request, "consent/teller/overview.html", context, status=status)


def _versions(record: ConsentRecord) -> list[dict[str, Any]]:
    """Each language version with what the person said about exactly this one."""
    reviews = latest_reviews(record)
    rows = []
    for page in versions_of(record.story_key).filter(alias_of=None):
        review = reviews.get(page.locale.language_code)
        content = newest_content(page)
        current = review is not None and review.digest == digest_of(content)
        decision = review.decision if review else None
        rows.append(
            {
                "page": page,
                "title": content.title,
                "approved": current and decision == VersionReview.Decision.APPROVED,
                "asked": decision == VersionReview.Decision.CHANGES,
                "changed": review is not None and not current,
            }
        )
    return rows


@by_private_link()
def read(request: HttpRequest, link: PrivateLink, token: str, language: str) -> HttpResponse:
    """A language version as its readers will see it, and the person's word about it."""
    record = _record(link)
    if not record.is_active:
        return redirect("my_story_proof", token)
    page = version_in(record, language)
    if page is None:
        raise Http404
    form, problem = WordForm(), ""
    if request.method == "POST":
        form = WordForm(request.POST)
        version = version_in_nonce(request.POST.get("nonce", ""), link)
        if version is None:
            problem = _stale()
        elif form.is_valid():
            problem = _say(record, language, form.cleaned_data, version)
            if not problem:
                return redirect(reverse("my_story", args=[token]) + "?noted")
    return _show_version(request, link, token, page, form=form, problem=problem)


def _say(record: ConsentRecord, language: str, data: dict[str, Any], version: int) -> str:
    """Writes the word down; gives the sentence that stops it, or nothing."""
    try:
        review_version(
            record.pk,
            language,
            data["digest"],
            VersionReview.Decision(data["decision"]),
            TELLER,
            remark=data["remark"],
            seen_version=version,
        )
    except ChangedMeanwhile:
        return _stale()
    except ValidationError as refusal:
        return str(refusal.messages[0])
    return ""


def _show_version(
    request: HttpRequest, link: PrivateLink, token: str, page: StoryPage, *, form: WordForm, problem: str
) -> HttpResponse:
    request.is_preview = True  # type: ignore[attr-defined]
    context = page.get_context(request)
    context |= {
        "story_template": page.get_template(request),
        "private_address_of": private_address_of(token, page),
        "form": form,
        "token": token,
        "record": link.record,
        "nonce": nonce_for(link, _record(link)),
        "digest": digest_of(page),
        "problem": problem,
    }
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else None
    return render(request, "consent/teller/read.html", context, status=status)


@by_private_link()
def withdraw(request: HttpRequest, link: PrivateLink, token: str) -> HttpResponse:
    """One question, one button. No reason is asked for."""
    record = _record(link)
    sure = request.method == "POST" and version_in_nonce(request.POST.get("nonce", ""), link) is not None
    if record.is_active and sure:
        withdraw_story(record.story_key, TELLER)
    if sure or not record.is_active:
        return redirect("my_story_proof", token)
    context = {"record": record, "token": token, "nonce": nonce_for(link, record)}
    return render(request, "consent/teller/withdraw.html", context)


@by_private_link()
def proof(request: HttpRequest, link: PrivateLink, token: str) -> HttpResponse:
    """What was erased and what is left to do: to look at, to print, and to keep as a file."""
    withdrawal = Withdrawal.objects.filter(story_key=link.record.story_key).first()
    if withdrawal is None:
        return redirect("my_story", token)
    if "file" in request.GET:
        response = HttpResponse(signed_proof(withdrawal), content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="proof-{withdrawal.reference}.json"'
        return response
    context = {"withdrawal": withdrawal, "proof": proof_of(withdrawal), "token": token}
    return render(request, "consent/teller/proof.html", context)


@by_private_link(closed_too=True)
def new_link(request: HttpRequest, link: PrivateLink, token: str) -> HttpResponse:
    """An expired link asks for a new one. The page says the same, whether or not there is an address to send it to."""
    if request.method == "POST":
        ask_for_new_link(link)
        return render(request, "consent/teller/asked.html")
    return redirect("my_story", token)
