"""Month, week, day and list, each at an address that can be read, kept and sent to a colleague."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import RedirectView, TemplateView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from campaigns.admin.announcing import may_announce
from campaigns.admin.looks import look_of_status
from campaigns.calendar.access import CalendarAccess, may_move_drafts, may_move_planned
from campaigns.calendar.days import SpecialDay, special_days
from campaigns.calendar.entries import Entry, entries_between
from campaigns.calendar.events import CalendarEvent, events_between
from campaigns.calendar.filters import FilterForm
from campaigns.calendar.periods import NAMESPACE, VIEWS, Period, View
from campaigns.models import Post, SocialAccount
from campaigns.states import Status

SHOWN_A_DAY: dict[str, int] = {"month": 4, "week": 12}
LISTED_A_PAGE = 100
HOURS = range(7, 22)  # always there in the view of a day; others as soon as something stands in them
VIEW_NAMES = {
    "month": gettext_lazy("Month"),
    "week": gettext_lazy("Week"),
    "day": gettext_lazy("Day"),
    "list": gettext_lazy("List"),
}


@dataclass(slots=True)
class Day:
    """One day with what stands in it. ``more`` were left out: its own view shows them."""

    date: date
    in_period: bool
    is_today: bool
    special: list[SpecialDay]
    events: list[CalendarEvent]
    entries: list[Entry]
    more: int
    url: str

    @property
    def is_empty(self) -> bool:
        return not (self.special or self.events or self.entries)


@dataclass(frozen=True, slots=True)
class Hour:
    number: int
    entries: list[Entry]

    @property
    def label(self) -> str:
        return f"{self.number:02}:00"


class CalendarView(CalendarAccess, WagtailAdminTemplateMixin, TemplateView):
    """One view of the calendar; ``view_name`` says which."""

    template_name = "campaigns/admin/calendar/calendar.html"
    header_icon = "calendar-alt"
    page_title = gettext_lazy("Calendar")
    view_name: View = "month"
    period: Period
    filters: FilterForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.period = self.get_period()
        self.filters = FilterForm(request.GET)

    def get_period(self) -> Period:
        given = self.kwargs
        try:
            if self.view_name == "week":
                day = date.fromisocalendar(given["year"], given["week"], 1)
            else:
                day = date(given["year"], given["month"], given.get("day", 1))
            period = Period.around(self.view_name, day)
        except (ValueError, OverflowError) as error:
            raise Http404 from error
        if not period.exists:
            raise Http404
        return period

    def get_page_subtitle(self) -> str:
        return self.period.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAMESPACE}:index"), "label": _("Calendar")},
            {"url": "", "label": self.period.title},
        ]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        subscribe = reverse(f"{NAMESPACE}:feeds") + self.filters.query
        buttons = [HeaderButton(_("Subscribe"), url=subscribe, icon_name="link", priority=30)]
        if may_announce(self.request.user):
            add = reverse(Post.snippet_viewset.get_url_name("add"))
            buttons.append(HeaderButton(_("New post"), url=add, icon_name="plus", priority=10))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        begin, end = self.period.moments
        chosen = self.filters.chosen
        accounts = list(SocialAccount.objects.all())
        self.filters.offer_accounts(accounts)
        entries = entries_between(begin, end, chosen, accounts)
        campaign = chosen.get("campaign")
        events = events_between(begin, end, campaign.pk if campaign else None)
        context = {
            **super().get_context_data(**kwargs),
            "period": self.period,
            "filters": self.filters,
            "query": self.filters.query,
            "switches": self.switches(),
            "today_url": Period.around(self.view_name, timezone.localdate()).url,
            "total": len(entries),
            "legend": [look_of_status(status) for status in Status],
            "user_may_move": may_move_planned(self.request.user),
            "user_may_move_drafts": may_move_drafts(self.request.user),
        }
        if self.view_name == "list":
            page = WagtailPaginator(entries, LISTED_A_PAGE).get_page(self.request.GET.get("p"))
            context["page"] = page
            context["elided_page_range"] = page.paginator.get_elided_page_range(page.number)
            entries = list(page.object_list)
            events = events if page.number == 1 else []
        context["days"] = self.days(entries, events)
        if self.view_name == "day":
            context["hours"] = hours(entries)
        return context

    def switches(self) -> list[tuple[str, Any, str]]:
        """The other views of the same time: today when it lies in this one, else its first day."""
        today = timezone.localdate()
        day = today if self.period.first <= today <= self.period.last else self.period.first
        return [(view, VIEW_NAMES[view], Period.around(view, day).url) for view in VIEWS]

    def days(self, entries: Sequence[Entry], events: Sequence[CalendarEvent]) -> list[Day]:
        today, special = timezone.localdate(), special_days(self.period.days)
        by_day: dict[date, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_day[entry.at.date()].append(entry)
        happening: dict[date, list[CalendarEvent]] = defaultdict(list)
        for event in events:
            happening[localtime(event.begins_at).date()].append(event)
        limit = SHOWN_A_DAY.get(self.view_name)
        days = []
        for day in self.period.days:
            found = by_day[day]
            shown = found if limit is None or len(found) <= limit + 1 else found[:limit]
            days.append(
                Day(
                    date=day,
                    in_period=self.period.first <= day <= self.period.last,
                    is_today=day == today,
                    special=special.get(day, []),
                    events=happening[day],
                    entries=shown,
                    more=len(found) - len(shown),
                    url=Period.around("day", day).url,
                )
            )
        return days


def hours(entries: Sequence[Entry]) -> list[Hour]:
    by_hour: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_hour[entry.at.hour].append(entry)
    numbers = sorted({*HOURS, *by_hour})
    return [Hour(number, by_hour[number]) for number in numbers]


class ThisMonthView(CalendarAccess, RedirectView):
    """The calendar's door leads to the month of today, with the same filters."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return Period.around("month", timezone.localdate()).url + FilterForm(self.request.GET).query
