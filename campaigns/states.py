"""The states of a message on one account, and every step between them. Nothing else changes a state."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Planned")
    PUBLISHING = "publishing", _("Being published")
    PUBLISHED = "published", _("Published")
    RETRYING = "retrying", _("Will be tried again")
    UNKNOWN = "unknown", _("No answer yet")
    FAILED = "failed", _("Not published")
    CANCELLED = "cancelled", _("Cancelled")
    LATE = "late", _("Too late: please decide")
    BY_HAND = "by_hand", _("A person has to do it")
    REMOVED = "removed", _("Taken down")


STEPS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.SCHEDULED, Status.CANCELLED}),
    Status.SCHEDULED: frozenset(
        {
            Status.SCHEDULED,
            Status.PUBLISHING,
            Status.CANCELLED,
            Status.FAILED,
            Status.DRAFT,
            Status.LATE,  # it was due in a pause that ends
        }
    ),
    Status.PUBLISHING: frozenset(
        {
            Status.PUBLISHED,
            Status.RETRYING,
            Status.UNKNOWN,
            Status.FAILED,
            Status.LATE,
            Status.SCHEDULED,  # it has to wait: its page is offline, its account is paused
            Status.CANCELLED,  # it may never go out: its page lost its clearance
            Status.BY_HAND,  # its time has come, and a person takes it from here
        }
    ),
    Status.RETRYING: frozenset({Status.PUBLISHING, Status.CANCELLED, Status.LATE}),
    # Only a look at the network ends "unknown"; a person may not cancel what may be out already.
    Status.UNKNOWN: frozenset({Status.PUBLISHING, Status.PUBLISHED}),
    Status.FAILED: frozenset({Status.SCHEDULED, Status.CANCELLED}),
    Status.LATE: frozenset({Status.SCHEDULED, Status.CANCELLED}),
    Status.BY_HAND: frozenset({Status.PUBLISHED, Status.SCHEDULED, Status.CANCELLED}),
    Status.CANCELLED: frozenset({Status.SCHEDULED}),
    # The worker whose lease ran out may still bring the news that the network accepted.
    Status.PUBLISHED: frozenset({Status.REMOVED}),
    Status.REMOVED: frozenset(),
}

CLAIMABLE = frozenset({Status.SCHEDULED, Status.RETRYING, Status.UNKNOWN})
"""What a worker may take once its time has come."""

PLANNED = frozenset(
    {Status.SCHEDULED, Status.RETRYING, Status.LATE, Status.FAILED, Status.BY_HAND, Status.DRAFT}
)
"""Not on the network for certain, and not being sent."""


def sources_of(target: Status) -> list[Status]:
    """The states from which one step leads to ``target``."""
    return [source for source, targets in STEPS.items() if target in targets]
