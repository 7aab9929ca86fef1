"""The shapes an image is cut to, around its focal point."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

JPEG = "format-jpeg|jpegquality-85"  # because every network takes it


class Crop(models.TextChoices):
    WHOLE = "", _("whole")
    SQUARE = "1x1", _("square (1:1)")
    PORTRAIT = "4x5", _("portrait (4:5)")
    STORY = "9x16", _("full screen (9:16)")
    WIDE = "1.91x1", _("wide (1.91:1)")

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels; None for the whole image."""
        return SIZES.get(self.value)

    @property
    def filter(self) -> str:
        """As Wagtail's renditions are asked for. Large enough for a telephone held sideways."""
        size = self.size
        return f"fill-{size[0]}x{size[1]}|{JPEG}" if size else f"max-2000x2000|{JPEG}"


SIZES: dict[str, tuple[int, int]] = {
    "1x1": (1080, 1080),
    "4x5": (1080, 1350),
    "9x16": (1080, 1920),
    "1.91x1": (1200, 628),
}
