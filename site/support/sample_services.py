"""The sample help lines, services and municipalities: what is there already is left alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from core.planting import Sample, read_sample
from support.choices import EVERYWHERE, Audience, Kind, Provenance, Status, Theme
from support.models import Municipality, Phone, SupportService

SAMPLES = Path(__file__).parent / "samples"
SAMPLES_OF = date(2026, 11, 21)  # when the sample files were put together from their sources
LOOK_AGAIN_AFTER = timedelta(days=180)
LANGUAGES = [code for code, __ in settings.LANGUAGES]

KINDS = {
    "mental_health_centre": Kind.MENTAL_HEALTH,
    "government": Kind.INFORMATION,
}
THEMES_OF_LINE = {
    Audience.EMERGENCY: [Theme.TALKING, Theme.SUICIDE],
    Audience.SUICIDAL_THOUGHTS: [Theme.TALKING, Theme.SUICIDE],
    Audience.EVERYONE: [Theme.TALKING, Theme.LONELINESS, Theme.MENTAL_HEALTH],
    Audience.CHILDREN: [Theme.TALKING, Theme.FAMILY],
}
THEMES_OF_KIND = {
    Kind.MUNICIPALITY: [Theme.HOME, Theme.CARING, Theme.FAMILY],
    Kind.SOCIAL_WORK: [Theme.TALKING, Theme.FAMILY, Theme.HOME],
    Kind.MENTAL_HEALTH: [Theme.MENTAL_HEALTH],
    Kind.YOUTH: [Theme.FAMILY],
    Kind.PUBLIC_HEALTH: [Theme.MENTAL_HEALTH],
    Kind.INFORMATION: [Theme.RIGHTS],
}


def load_services() -> list[SupportService]:
    """Bring in what is not there yet, and return it."""
    _load_municipalities()
    lines = read_sample(SAMPLES / "help_lines.toml")["help_lines"]
    services = read_sample(SAMPLES / "services.toml")["services"]
    known = set(SupportService.objects.values_list("key", flat=True))
    fresh = [_line(sample, number) for number, sample in enumerate(lines) if sample["key"] not in known]
    return fresh + [_service(sample) for sample in services if sample["key"] not in known]


def _load_municipalities() -> None:
    for sample in read_sample(SAMPLES / "municipalities.toml")["municipalities"]:
        names = {f"name_{code}": sample.get(code, "") for code in LANGUAGES}
        place = {"latitude": sample.get("latitude"), "longitude": sample.get("longitude")}
        Municipality.objects.get_or_create(
            name=sample["name"],
            country=sample["country"],
            defaults={"region": sample["region"], **names, **place},
        )


def _line(sample: Sample, number: int) -> SupportService:
    verified = sample["status"] == Status.VERIFIED
    audience = Audience(sample["audience"])
    crisis = audience in (Audience.EMERGENCY, Audience.SUICIDAL_THOUGHTS)
    service = SupportService.objects.create(
        key=sample["key"],
        kind=Kind.CRISIS_LINE if crisis else Kind.HELP_LINE,
        name=sample["name"],
        country=sample["country"],
        languages=sample["languages"],
        audiences=[audience],
        themes=THEMES_OF_LINE[audience],
        hours=sample["hours"],
        is_free=sample["free"],
        self_referral="yes",
        has_chat=sample["chat"],
        has_email=sample["email"],
        site=f"https://{sample['site']}" if sample["site"] else "",
        provenance=Provenance.PUBLIC_SOURCE if verified else Provenance.GENERAL_KNOWLEDGE,
        status=sample["status"],
        entered_on=SAMPLES_OF,
        last_check=SAMPLES_OF if verified else None,
        next_check=SAMPLES_OF + LOOK_AGAIN_AFTER if verified else SAMPLES_OF,
        position=(0 if sample["country"] == EVERYWHERE else 10) + number,
        **{f"for_whom_{code}": sample[code]["audience_text"] for code in LANGUAGES},
        **{f"description_{code}": sample[code]["note"] for code in LANGUAGES},
    )
    for text in sample["numbers"]:
        Phone.objects.create(service=service, number=text)
    return service


def _service(sample: Sample) -> SupportService:
    kind = KINDS.get(sample["kind"]) or Kind(sample["kind"])
    service = SupportService(
        key=sample["key"],
        kind=kind,
        name=sample["name"],
        country=sample["country"],
        region=sample["region"],
        languages=sample["languages"],
        audiences=[Audience.EVERYONE],
        themes=THEMES_OF_KIND[kind],
        self_referral=sample["self_referral"],
        site=sample["site"],
        provenance=sample["provenance"],
        status=sample["status"],
        entered_on=SAMPLES_OF,
        next_check=SAMPLES_OF,
        **{f"description_{code}": sample[code]["description"] for code in LANGUAGES},
    )
    service.municipalities = Municipality.objects.filter(
        name__in=sample["municipalities"], country=sample["country"]
    )
    service.save()
    return service
