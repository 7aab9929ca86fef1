"""The sample meetings: examples, each of which says that it does not take place."""

from __future__ import annotations

from uuid import UUID

from campaigns.models import Campaign, Event, EventText
from campaigns.sample_campaigns import LANGUAGES, SAMPLES, moment_of
from core.planting import Sample, key_of, read_sample


def load_events() -> list[Event]:
    """Meetings that are not there yet: examples, which say that they do not take place."""
    made = []
    slugs = {sample["key"]: sample["slug"] for sample in read_sample(SAMPLES)["campaigns"]}
    for sample in read_sample(SAMPLES)["events"]:
        uid = key_of(f"event:{sample['key']}")
        if not Event.objects.filter(uid=uid).exists():
            made.append(_event(sample, uid, Campaign.objects.get(slug=slugs[sample["campaign"]])))
    return made


def _event(sample: Sample, uid: UUID, campaign: Campaign) -> Event:
    event = Event(
        uid=uid,
        campaign=campaign,
        starts_at=moment_of(sample["offset_days"], sample["starts_at"]),
        ends_at=moment_of(sample["offset_days"], sample["ends_at"]),
        languages=sample["languages"],
        town=sample["municipality"],
        country=sample["country"],
        is_free=sample["free"],
        is_cancelled=sample.get("cancelled", False),
        accessibility=["step-free"] if sample["step_free"] else [],
        is_example=sample["example"],
        people_reached=sample.get("people_reached"),
    )
    event.texts = [EventText(language=code, **sample[code]) for code in LANGUAGES]
    event.save()
    return event
