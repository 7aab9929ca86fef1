"""The queue as staff see it: whose turn is when, why something is skipped, and what they can change about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.log_actions import log

from campaigns.evergreen.filling import add_to_queue, move_in_queue, planned_turns
from campaigns.evergreen.models import (
    LONGEST_REST,
    SHORTEST_REST,
    EvergreenAccount,
    EvergreenPost,
    EvergreenTurn,
)
from campaigns.evergreen.queueing import Candidate, candidates_on, coming_turns, resting_because
from campaigns.models import Post, SocialAccount
from campaigns.planning.views import NAMESPACE, PlanningView


@dataclass(frozen=True, slots=True)
class Row:
    """One post of the queue on one account: its next turn, or why it has none."""

    candidate: Candidate
    at: datetime | None
    reason: Any
    edit_url: str


@dataclass(frozen=True, slots=True)
class AccountQueue:
    rules: EvergreenAccount
    has_slots: bool
    planned: list[EvergreenTurn]
    rows: list[Row]


def queue_of(rules: EvergreenAccount, now: datetime) -> AccountQueue:
    """The next turn first; what has none after it, in the order of people."""
    candidates = candidates_on(rules.account)
    first: dict[int, datetime] = {}
    for turn in coming_turns(rules, candidates, now):
        first.setdefault(turn.candidate.entry.pk, turn.at)
    rows = []
    for candidate in candidates:
        at = first.get(candidate.entry.pk)
        reason = candidate.hindrance or (None if at else resting_because(rules, candidate, now))
        rows.append(Row(candidate, at, reason, _edit_url(candidate.entry.post)))
    rows.sort(key=lambda row: (row.at is None, row.at or now, row.candidate.entry.position))
    return AccountQueue(rules, rules.account.slots.exists(), planned_turns(rules.account, now), rows)


def _edit_url(post: Post) -> str:
    return reverse(Post.snippet_viewset.get_url_name("edit"), args=[post.pk])


class RulesForm(forms.Form):
    """For each account: whether its free slots are filled, and how long words rest on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = list(SocialAccount.objects.select_related("evergreen").own_first())
        for account in self.accounts:
            rules = getattr(account, "evergreen", None) or EvergreenAccount(account=account)
            self.fields[f"on-{account.pk}"] = forms.BooleanField(
                label=str(account), required=False, initial=rules.is_on
            )
            days = forms.IntegerField(
                label=_("%(account)s: days before the same words return") % {"account": account},
                initial=rules.rest_days,
                min_value=SHORTEST_REST,
                max_value=LONGEST_REST,
            )
            self.fields[f"days-{account.pk}"] = days

    def lines(self) -> list[tuple[SocialAccount, Any, Any]]:
        return [(account, self[f"on-{account.pk}"], self[f"days-{account.pk}"]) for account in self.accounts]

    @transaction.atomic
    def save(self) -> None:
        for account in self.accounts:
            EvergreenAccount.objects.update_or_create(
                account=account,
                defaults={
                    "is_on": self.cleaned_data[f"on-{account.pk}"],
                    "rest_days": self.cleaned_data[f"days-{account.pk}"],
                },
            )


class QueueView(PlanningView, TemplateView):
    template_name = "evergreen/admin/queue.html"
    page_title = _("Evergreen queue")
    header_icon = "rotate"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        wanting = EvergreenAccount.objects.filter(is_on=True).select_related("account")
        waiting = EvergreenPost.objects.exclude(post__targets__account__in=wanting.values("account"))
        return {
            **super().get_context_data(**kwargs),
            "queues": [queue_of(rules, now) for rules in wanting],
            "elsewhere": [(entry, _edit_url(entry.post)) for entry in waiting.select_related("post")],
            "slots_url": reverse(f"{NAMESPACE}:slots"),
        }


class RulesView(PlanningView, FormView):  # type: ignore[type-arg]
    form_class = RulesForm
    template_name = "evergreen/admin/rules.html"
    page_title = _("Accounts of the evergreen queue")
    header_icon = "rotate"

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Saved. Free slots are filled two days ahead."))
        return redirect("evergreen")


class EntryView(PlanningView, TemplateView):
    """Asks first what shall happen with a post in the queue; ``post`` does it."""

    template_name = "evergreen/admin/add.html"
    page_title = _("Evergreen")
    header_icon = "rotate"

    @cached_property
    def shown(self) -> Post:
        shown = get_object_or_404(Post.objects.select_related("campaign", "locale"), pk=self.kwargs["pk"])
        if shown.erased_at or EvergreenTurn.objects.filter(post=shown).exists():
            raise Http404
        return shown

    @cached_property
    def entry(self) -> EvergreenPost | None:
        return EvergreenPost.objects.filter(post=self.shown).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accounts = [target.account for target in self.shown.targets.select_related("account")]
        return {
            **super().get_context_data(**kwargs),
            "shown": self.shown,
            "entry": self.entry,
            "accounts": accounts,
            "edit_url": _edit_url(self.shown),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "remove" in request.POST:
            self._remove()
        elif "up" in request.POST or "down" in request.POST:
            self._move("up" in request.POST)
        else:
            add_to_queue(self.shown, request.user)
            log(self.shown, "campaigns.evergreen", user=request.user)
            messages.success(request, _("It is in the queue now."))
        return redirect("evergreen")

    def _remove(self) -> None:
        if self.entry:
            self.entry.delete()
            log(self.shown, "campaigns.not_evergreen", user=self.request.user)
        messages.success(self.request, _("It is out of the queue. What is planned already stays planned."))

    def _move(self, up: bool) -> None:
        if self.entry is None:
            return
        order = list(EvergreenPost.objects.all())
        number = order.index(self.entry) + (-1 if up else 1)
        if 0 <= number < len(order):
            move_in_queue(self.entry, order[number])


urls: list[URLPattern] = [
    path("campaigns/evergreen/", QueueView.as_view(), name="evergreen"),
    path("campaigns/evergreen/accounts/", RulesView.as_view(), name="evergreen_accounts"),
    path("campaigns/evergreen/post/<int:pk>/", EntryView.as_view(), name="evergreen_post"),
]
