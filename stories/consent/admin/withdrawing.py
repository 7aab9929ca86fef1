"""Withdrawals in the admin: the question first, then how far the erasure is and what is left to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from stories.consent.actions import officer, withdraw_story
from stories.consent.models import ConsentRecord, Withdrawal
from stories.consent.proof import proof_of, signed_proof
from stories.consent.versions import versions_of

from .base import ConsentView


class WithdrawView(ConsentView, TemplateView):
    """What will happen, and a button."""

    page_title = gettext_lazy("Withdraw the consent")
    template_name = "consent/admin/withdraw.html"

    @cached_property
    def record(self) -> ConsentRecord:
        return get_object_or_404(ConsentRecord, pk=self.kwargs["pk"])

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("consent:record", args=[self.record.pk]), "label": _("Consent")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "record": self.record,
            "versions": versions_of(self.record.story_key),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        withdrawal = withdraw_story(self.record.story_key, officer(request.user))  # type: ignore[arg-type]
        messages.success(request, _("The story is offline in every language and is being erased."))
        return redirect("consent:withdrawal", withdrawal.pk)


class IndexView(ConsentView, TemplateView):
    page_title = gettext_lazy("Withdrawals")
    template_name = "consent/admin/withdrawals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(withdrawal, proof_of(withdrawal)) for withdrawal in Withdrawal.objects.all()[:200]]
        return {**super().get_context_data(**kwargs), "rows": rows}


class WithdrawalView(ConsentView, TemplateView):
    """How far it is, with what a person still has to do on top; and the proof to hand over."""

    page_title = gettext_lazy("Withdrawal")
    template_name = "consent/admin/withdrawal.html"

    @cached_property
    def withdrawal(self) -> Withdrawal:
        return get_object_or_404(Withdrawal, pk=self.kwargs["pk"])

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("consent:withdrawals"), "label": _("Withdrawals")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "proof" in request.GET:
            response = HttpResponse(signed_proof(self.withdrawal), content_type="application/json")
            response["Content-Disposition"] = f'attachment; filename="proof-{self.withdrawal.reference}.json"'
            return response
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "withdrawal": self.withdrawal,
            "proof": proof_of(self.withdrawal),
            "records": ConsentRecord.objects.filter(story_key=self.withdrawal.story_key),
        }
