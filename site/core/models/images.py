from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from core.uploads import CleanPicture, without_metadata


class CustomImage(AbstractImage):
    """A picture in the library. What it shows is told where it is used, in the language of the page."""

    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made the picture, and its licence.")
    )

    file: Any  # Wagtail has no types

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def clean(self) -> None:
        super().clean()
        try:
            self.remove_metadata()
        except ValidationError as error:
            raise ValidationError({"file": error}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is stored with what a camera tells of place and time, whoever stores it."""
        self.remove_metadata()
        super().save(*args, **kwargs)

    def remove_metadata(self) -> None:
        """Replaces a new upload by the picture alone. Raises ``ValidationError`` when it is none."""
        if not self.file or self.file._committed or isinstance(self.file.file, CleanPicture):
            return
        self.file = without_metadata(self.file.file)
        self._set_image_file_metadata()


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="core_rendition_once"
            )
        ]
