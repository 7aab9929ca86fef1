"""The addresses below a campaign's page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from campaigns.events.calendar import calendar_file
from campaigns.public.meetings import told
from campaigns.public.sections import EVENTS, QUIZ, STORIES, TIPS, TITLES

if TYPE_CHECKING:
    from campaigns.models import CampaignPage, Event

PAST_SHOWN = 12
KEPT_IN_CALENDAR = timedelta(days=90)  # a subscribed calendar forgets what is missing

UPDATES_IN_FEED = 30


class CampaignRoutes(RoutablePageMixin):
    """What a campaign page answers below its own address."""

    @path("")
    def index_route(self: CampaignPage, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render(request, context_overrides=self.get_landing_context(request))

    @path("feed/", name="feed")
    def feed(self: CampaignPage, request: HttpRequest) -> HttpResponse:
        """The newest updates as an Atom feed (RFC 4287)."""
        from campaigns.feeds import updates_feed

        return updates_feed(self, self.updates[:UPDATES_IN_FEED])

    @path("brand/", name="brand")
    def brand(self: CampaignPage, request: HttpRequest) -> HttpResponse:
        """The campaign's colours for its pages; a sheet of its own, since a page may hold no inline style."""
        from campaigns.branding import brand_css

        sheet = brand_css(self.campaign.brand_colour, self.campaign.brand_accent)
        return HttpResponse(sheet, content_type="text/css")

    @path("stories/", name=STORIES)
    def stories(self: CampaignPage, request: HttpRequest) -> HttpResponse:
        return self.answer_section(request, STORIES, featured=self.featured_online())

    @path("quiz/", name=QUIZ)
    def quiz(self: CampaignPage, request: HttpRequest) -> HttpResponse:
        """Facts and fables. The answers are in the page: what a visitor opens is told to nobody."""
        return self.answer_section(request, QUIZ, statements=self.facts_and_fables)

    @path("tips/", name=TIPS)
    def tips(self: CampaignPage, request: HttpRequest) -> HttpResponse:
        return self.answer_section(request, TIPS, tips=self.conversation_tips)

    @path("events/", name=EVENTS)
    def events(self: CampaignPage, request: HttpRequest) -> HttpResponse:
        now, events = timezone.now(), self.campaign.events.prefetch_related("texts")
        return self.answer_section(
            request,
            EVENTS,
            coming=told(events.coming(now), self),
            past=told(events.over(now)[:PAST_SHOWN], self),
        )

    @path("events/calendar/", name="calendar")
    def calendar(self: CampaignPage, request: HttpRequest) -> HttpResponse:
        """Every meeting that is not long over, to subscribe to."""
        since = timezone.now() - KEPT_IN_CALENDAR
        events = self.campaign.events.filter(ends_at__gt=since, is_example=False).prefetch_related("texts")
        return self.answer_calendar(events, "meetings.ics")

    @path("events/<uuid:uid>/", name="event")
    def event(self: CampaignPage, request: HttpRequest, uid: UUID) -> HttpResponse:
        event = get_object_or_404(self.campaign.events.prefetch_related("texts"), uid=uid)
        (shown,) = told([event], self)
        return self.render(
            request,
            context_overrides={
                "section": "event",
                "section_title": shown.text.title,
                "shared_path": self.reverse_subpage("event", args=[uid]),
                "shown": shown,
            },
            template="campaigns/public/event.html",
        )

    @path("events/<uuid:uid>/calendar/", name="event_calendar")
    def event_calendar(self: CampaignPage, request: HttpRequest, uid: UUID) -> HttpResponse:
        event = get_object_or_404(self.campaign.events.prefetch_related("texts"), uid=uid)
        return self.answer_calendar([event], f"{event.starts_at:%Y-%m-%d}.ics")

    def answer_calendar(self: CampaignPage, events: Iterable[Event], file_name: str) -> HttpResponse:
        content = calendar_file(events, self.locale.language_code, self.title, self.full_url or "")
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'inline; filename="{file_name}"'
        return response

    def answer_section(self: CampaignPage, request: HttpRequest, name: str, **content: Any) -> HttpResponse:
        """The page of one section; the landing page when there is nothing in it, in this language at least."""
        if not any(content.values()):
            return HttpResponseRedirect(self.url)
        section_path = self.reverse_subpage(name)
        return self.render(
            request,
            context_overrides={
                **content,
                "section": name,
                "section_title": TITLES[name],
                "shared_path": section_path,
            },
            template=f"campaigns/public/{name}.html",
        )
