from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.uploads import NO_PICTURE


class PictureField(WagtailImageField):
    """Wagtail's field, which breaks on a file whose first bytes alone are those of a picture."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise ValidationError(NO_PICTURE, code="invalid_image") from error


class ImageForm(BaseImageForm):
    """The library's form for a picture; named in ``WAGTAILIMAGES_IMAGE_FORM_BASE``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.fields.get("file")
        if given is not None:
            field = PictureField(label=given.label, required=given.required, widget=given.widget)
            field.error_messages["invalid_image"] = NO_PICTURE
            self.fields["file"] = field
