"""Dated facts in the admin: one place to change a value, and a view of how far the change has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from factsheets.models import Fact, FactPeriod
from factsheets.models.facts import overlapping, today
from factsheets.saying import fact_on, remark_on
from factsheets.usage import users_of


class FactForm(WagtailAdminModelForm):
    """Refuses values that hold on the same day; a value for a time to come may be entered ahead."""

    def is_valid(self) -> bool:
        return super().is_valid() and self._periods_do_not_overlap()

    def _periods_do_not_overlap(self) -> bool:
        forms = [
            form
            for form in self.formsets["periods"].forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        by_period = {id(form.instance): form for form in forms}
        pairs = overlapping([form.instance for form in forms])
        for earlier, later in pairs:
            by_period[id(later)].add_error(
                "valid_from",
                _("Another value, %(value)s, holds %(period)s. Let it end before this one begins.")
                % {"value": earlier.value, "period": _period_of(earlier)},
            )
        return not pairs


def _period_of(period: FactPeriod) -> str:
    def day(value: date | None) -> str:
        return f"{value:%d-%m-%Y}" if value else "…"

    return f"{day(period.valid_from)} – {day(period.valid_until)}"


class ProgressPanel(HelpPanel):
    """How far the last change has come, and who uses the fact."""

    class BoundPanel(HelpPanel.BoundPanel):
        template_name = "factsheets/admin/fact_progress.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {
                **context,
                "refresh": self.instance.refreshes.first(),
                "users": [(user, _edit_address(user)) for user in users_of(self.instance)],
            }


def _edit_address(instance: Any) -> str:
    from wagtail.admin.admin_url_finder import AdminURLFinder

    return AdminURLFinder().get_edit_url(instance) or ""


def said_today(fact: Fact) -> str:
    said = fact_on(fact, today())
    if said.period is None:
        return _("no value")
    value, remark = said.period.said(get_language() or "nl"), remark_on(said)
    return f"{value} ({remark})" if remark else value


def progress_of(fact: Fact) -> str:
    refresh = next(iter(fact.refreshes.all()), None)
    if refresh is None:
        return ""
    words = {"done": refresh.done, "total": refresh.total}
    return _("%(done)s of %(total)s places") % words


class FactViewSet(SnippetViewSet):
    model = Fact
    icon = "tag"
    menu_label = gettext_lazy("Dated facts")
    menu_order = 240
    add_to_admin_menu = True
    list_filter = ("country", "unit")
    list_display = (
        "__str__",
        Column("key", label=gettext_lazy("Key")),
        Column("now", label=gettext_lazy("Today"), accessor=said_today),
        Column("used", label=gettext_lazy("Used by"), accessor=lambda fact: len(users_of(fact))),
        Column("progress", label=gettext_lazy("Last change"), accessor=progress_of),
    )
    list_per_page = 50
    search_fields = ("key", "label_nl", "label_de", "label_fr")

    def get_edit_handler(self) -> Any:
        return ObjectList([*Fact.panels, ProgressPanel()], base_form_class=FactForm).bind_to_model(Fact)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        return Fact.objects.prefetch_related("periods", "refreshes", "usages__content_object")


def refuse_when_in_use(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """For Wagtail's hook before a snippet is deleted: what texts mention stays."""
    used = [fact for fact in instances if isinstance(fact, Fact) and fact.usages.exists()]
    for fact in used:
        users = users_of(fact)
        messages.error(
            request,
            ngettext(
                "“%(fact)s” cannot be deleted: %(count)s page or post uses it (%(users)s). Take it out there first.",
                "“%(fact)s” cannot be deleted: %(count)s pages or posts use it (%(users)s). Take it out there first.",
                len(users),
            )
            % {"fact": fact, "count": len(users), "users": ", ".join(str(user) for user in users[:5])},
        )
    return redirect(reverse(Fact.snippet_viewset.get_url_name("list"))) if used else None
