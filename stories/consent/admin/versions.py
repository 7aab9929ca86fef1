"""Language versions, private links and evidence in the admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from stories.consent.actions import make_link, note, officer, review_version, revoke_link, version_in
from stories.consent.actions.auditing import Action
from stories.consent.evidence import media_type_of
from stories.consent.mail import send_link
from stories.consent.models import ConsentRecord, PrivateLink, VersionReview
from stories.consent.versions import digest_of
from stories.models import StoryPage

from .access import for_consent_officers
from .base import ConsentView
from .forms import ReviewForm


@require_safe
@never_cache
@for_consent_officers
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The evidence file, to be saved: no browser may open it as a page of this site."""
    record = get_object_or_404(ConsentRecord, pk=pk)
    name = record.evidence.name or ""
    if not name or not record.evidence.storage.exists(name):
        raise Http404
    note(record, Action.EVIDENCE_SEEN, officer(request.user))  # type: ignore[arg-type]
    response = FileResponse(
        record.evidence.open("rb"),
        as_attachment=True,
        filename=f"consent-{record.pk}.{name.rsplit('.', 1)[-1]}",
        content_type=media_type_of(name),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


class LinkView(ConsentView, TemplateView):
    """Makes a private link and shows it this once, or mails it."""

    page_title = gettext_lazy("Private link")
    template_name = "consent/admin/link.html"

    @cached_property
    def record(self) -> ConsentRecord:
        return get_object_or_404(ConsentRecord, pk=self.kwargs["pk"])

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("consent:record", args=[self.record.pk]), "label": _("Consent")}]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        by_mail = "mail" in request.POST
        if by_mail and not (self.record.may_mail and self.record.identity.get("email")):
            messages.error(request, _("This person may not be mailed. Make the link and hand it over."))
            return redirect("consent:make_link", pk)
        __, address = make_link(self.record, officer(request.user))  # type: ignore[arg-type]
        if by_mail:
            if send_link(self.record, address):
                messages.success(request, _("The link is on its way by mail."))
            else:
                messages.error(
                    request, _("The mail could not be sent. Try again later, or hand the link over.")
                )
            return redirect("consent:record", pk)
        return self.render_to_response(self.get_context_data(address=address))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "record": self.record,
            "can_mail": self.record.may_mail and self.record.identity.get("email"),
        }


@require_POST
@for_consent_officers
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(PrivateLink, pk=pk)
    revoke_link(link, officer(request.user))  # type: ignore[arg-type]
    messages.success(request, _("The link does not work any more."))
    return redirect("consent:record", link.record_id)


class ReviewView(ConsentView, FormView):
    """An officer notes what a person said about a version, read aloud or on paper."""

    page_title = gettext_lazy("Language version")
    form_class = ReviewForm
    template_name = "consent/admin/review.html"

    @cached_property
    def record(self) -> ConsentRecord:
        return get_object_or_404(ConsentRecord, pk=self.kwargs["pk"])

    @cached_property
    def version(self) -> StoryPage:
        page = version_in(self.record, self.kwargs["language"])
        if page is None:
            raise Http404
        return page

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("consent:record", args=[self.record.pk]), "label": _("Consent")}]

    def get_page_subtitle(self) -> str:
        return str(self.version.locale.get_display_name())

    def get_initial(self) -> dict[str, Any]:
        return {"digest": digest_of(self.version)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        earlier = self.record.reviews.filter(language=self.kwargs["language"]).order_by("-pk")
        return {
            **super().get_context_data(**kwargs),
            "record": self.record,
            "version": self.version,
            "earlier": earlier,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            review_version(
                self.record.pk,
                self.kwargs["language"],
                form.cleaned_data["digest"],
                VersionReview.Decision(form.cleaned_data["decision"]),
                officer(self.request.user),  # type: ignore[arg-type]
                remark=form.cleaned_data["remark"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("It is noted."))
        return redirect("consent:record", self.record.pk)
