"""How a state looks: its words, an icon and a tone, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from campaigns.models import PlatformPost
from campaigns.states import Status


@dataclass(frozen=True, slots=True)
class Look:
    label: Any
    icon: str
    tone: str  # a class in campaigns/admin/campaigns.css: calm, good, waiting, trouble or quiet


ICONS_AND_TONES: dict[Status, tuple[str, str]] = {
    Status.DRAFT: ("draft", "quiet"),
    Status.SCHEDULED: ("calendar-alt", "calm"),
    Status.PUBLISHING: ("upload", "calm"),
    Status.PUBLISHED: ("circle-check", "good"),
    Status.RETRYING: ("rotate", "waiting"),
    Status.UNKNOWN: ("help", "waiting"),
    Status.FAILED: ("circle-xmark", "trouble"),
    Status.CANCELLED: ("minus", "quiet"),
    Status.LATE: ("warning", "trouble"),
    Status.BY_HAND: ("user", "waiting"),
    Status.REMOVED: ("no-view", "quiet"),
}

NOT_PLANNED = Look(_("Not planned yet"), "draft", "quiet")
BEING_REMOVED = Look(_("Being taken down"), "no-view", "waiting")

NEXT_STEPS: dict[Status, Any] = {
    Status.SCHEDULED: _("It goes out by itself at its time."),
    Status.PUBLISHING: _("It is on its way at this moment."),
    Status.UNKNOWN: _("We look whether it is there before anything else happens."),
    Status.FAILED: _("Change the post and approve it again, or plan it once more as it is."),
    Status.CANCELLED: _("It does not go out, unless somebody plans it again."),
    Status.LATE: _("Nothing happens until somebody chooses a new time or cancels it."),
    Status.BY_HAND: _("Take the text and the picture to where it belongs, and then tick it off."),
    Status.REMOVED: _("It is no longer there. Its figures are kept."),
}


def look_of_status(status: str) -> Look:
    known = Status(status)
    return Look(known.label, *ICONS_AND_TONES[known])


def look_of(platform_post: PlatformPost) -> Look:
    if platform_post.status == Status.PUBLISHED and platform_post.removal_requested_at:
        return BEING_REMOVED
    return look_of_status(platform_post.status)


def next_step(platform_post: PlatformPost) -> Any:
    """What happens next, for a state whose message does not say it."""
    status = Status(platform_post.status)
    if status == Status.PUBLISHED and platform_post.removal_requested_at:
        return _("The network has been asked to take it down.")
    if status == Status.RETRYING:
        time = date_format(localtime(platform_post.next_attempt_at), "H:i")
        return format_lazy(_("It is tried again by itself at {time}."), time=time)
    if platform_post.message and status in (Status.SCHEDULED, Status.UNKNOWN):
        return ""
    return NEXT_STEPS.get(status, "")
