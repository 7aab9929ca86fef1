"""An officer at work: who signs in, and what they fill in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.models import StoryPage
from tests.factories.people import PersonFactory


def signed_in(group: str | None, **fields: Any) -> Client:
    client = Client()
    client.force_login(PersonFactory(group=group, **fields))
    return client


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "role": "teller",
        "language": "nl",
        "name": "Johanna Vermeulen-Dassen",
        "email": "johanna@example.org",
        "may_mail": "on",
        "how": "online",
        "purposes": ["web", "translation"],
        "until": (timezone.localdate() + timedelta(days=400)).isoformat(),
        "sees_versions": "on",
        **changes,
    }


def pdf(name: str = "formulier.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n1 0 obj\n", "application/pdf")


def record_at(desk: Client, story: StoryPage, **changes: Any) -> Any:
    return desk.post(reverse("consent:add", args=[story.translation_key]), filled(**changes))
