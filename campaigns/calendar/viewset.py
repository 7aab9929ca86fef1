"""The calendar's addresses and its entry in the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from campaigns.calendar.access import may_see
from campaigns.calendar.feed_views import FeedsView
from campaigns.calendar.move_views import MoveDraftView, MoveView
from campaigns.calendar.periods import NAMESPACE
from campaigns.calendar.views import CalendarView, ThisMonthView


class CalendarMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


class CalendarViewSet(ViewSet):
    name = NAMESPACE
    url_prefix = "campaigns/calendar"
    icon = "calendar-alt"
    menu_label = _("Calendar")
    menu_order = 50
    menu_item_class = CalendarMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        def view(name: str) -> Any:
            return CalendarView.as_view(view_name=name)

        return [
            path("", ThisMonthView.as_view(), name="index"),
            path("<int:year>/<int:month>/", view("month"), name="month"),
            path("<int:year>/week/<int:week>/", view("week"), name="week"),
            path("<int:year>/<int:month>/<int:day>/", view("day"), name="day"),
            path("list/<int:year>/<int:month>/<int:day>/", view("list"), name="list"),
            path("move/<int:pk>/", MoveView.as_view(), name="move"),
            path("move-draft/<int:pk>/", MoveDraftView.as_view(), name="move_draft"),
            path("feeds/", FeedsView.as_view(), name="feeds"),
        ]
