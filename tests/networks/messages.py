"""Messages to publish."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from PIL import Image

from campaigns.providers.base import OutgoingImage, OutgoingPost
from campaigns.providers.bluesky import BlueskyProvider

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def photo(width: int = 640, height: int = 480) -> OutgoingImage:
    output = BytesIO()
    Image.effect_mandelbrot((width, height), (-2, -1.5, 1, 1.5), 60).convert("RGB").save(output, "JPEG")
    return OutgoingImage(output.getvalue(), "image/jpeg", "Een bankje aan de Maas in de zon.", width, height)


def message(**changes: Any) -> OutgoingPost:
    post = OutgoingPost(
        text="Vijf verhalen over vriendschap 👩‍👩‍👧, in #Limburg: https://verhalen.example.org/nl/ 🌻",
        language="nl",
        idempotency_key=BlueskyProvider.new_idempotency_key(NOW),
        created_at=NOW,
    )
    return replace(post, **changes)
