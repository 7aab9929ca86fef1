"""Small meetings of a campaign."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from campaigns.models import Campaign, Event, EventText


def meeting(
    campaign: Campaign, starts_at: datetime | None = None, title: str = "Wandelen", **fields: Any
) -> Event:
    start = starts_at or timezone.now() + timedelta(days=1)
    """A meeting of two hours, tomorrow unless told otherwise, with a Dutch text."""
    event = Event(
        **{
            "campaign": campaign,
            "starts_at": start,
            "ends_at": start + timedelta(hours=2),
            "languages": ["nl"],
            "town": "Roermond",
            **fields,
        }
    )
    event.texts = [EventText(language="nl", title=title, text="Een rustige wandeling.", place="De brug")]
    event.save()
    return event
