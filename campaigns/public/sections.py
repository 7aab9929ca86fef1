"""The parts of a campaign's site: each has a page of its own, and shows only when it has something to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from campaigns.models import CampaignPage

STORIES, QUIZ, TIPS, EVENTS = "stories", "quiz", "tips", "events"
TITLES = {
    STORIES: _("Stories and information"),
    QUIZ: _("Fact or fable?"),
    TIPS: _("Tips for a conversation"),
    EVENTS: _("Meetings"),
}


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    title: Any
    url: str


def sections_of(page: CampaignPage) -> list[Section]:
    """The sections that have content in this language, in the order of the page."""
    filled = {
        STORIES: page.featured_pages.exists(),
        QUIZ: bool(page.facts_and_fables),
        TIPS: bool(page.conversation_tips),
        EVENTS: page.campaign.events.exists(),
    }
    return [
        Section(name, title, f"{page.url}{page.reverse_subpage(name)}")
        for name, title in TITLES.items()
        if filled.get(name)
    ]
