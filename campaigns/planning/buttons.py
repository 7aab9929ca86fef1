"""What planning adds to a campaign's desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton

from campaigns.admin.buttons import ButtonsOfParts, more_buttons
from campaigns.admin.deciding_views import may_decide
from campaigns.calendar.access import may_see
from campaigns.models import Campaign, Post


@more_buttons.register
class PlanningButtons(ButtonsOfParts):
    def of_campaign(self, campaign: Campaign, user: Any) -> Iterator[HeaderButton]:
        if may_see(user):
            url = f"{reverse('calendar_of_campaigns:index')}?campaign={campaign.pk}"
            yield HeaderButton(_("Calendar"), url=url, icon_name="calendar-alt", priority=30)
            bring_in = reverse("planning_of_campaigns:import") + f"?campaign={campaign.pk}"
            if user.has_perm("campaigns.add_post"):
                yield HeaderButton(_("Bring in a plan"), url=bring_in, icon_name="upload", priority=50)
        if may_decide(user):
            shift = reverse("planning_of_campaigns:shift", args=[campaign.pk])
            yield HeaderButton(_("Shift the whole campaign"), url=shift, icon_name="date", priority=70)
            stop = reverse("planning_of_campaigns:pause", args=[campaign.pk])
            yield HeaderButton(_("Pause"), url=stop, icon_name="warning", priority=80)

    def of_post(self, post: Post, user: Any) -> Iterator[HeaderButton]:
        if not user.has_perm("campaigns.add_post"):
            return
        series = reverse("planning_of_campaigns:series", args=[post.pk])
        yield HeaderButton(_("Make a series"), url=series, icon_name="copy", priority=70)
        if not post.live and post.planned_at:
            move = reverse("calendar_of_campaigns:move_draft", args=[post.pk])
            yield HeaderButton(_("Choose a free slot"), url=move, icon_name="time", priority=65)
