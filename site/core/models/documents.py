from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from core.uploads import check_document, clean_recording


class CustomDocument(AbstractDocument):
    """A file in the library."""

    file: Any  # Wagtail has no types

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        if not self.file:  # refused already: Wagtail would also complain of its ending
            return
        super().clean()
        if self.file._committed:
            return
        check_document(self.file.file)
        try:
            self.remove_notes()
        except ValidationError as error:
            raise ValidationError({"file": error}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """No recording is stored with what a device tells of place and people, whoever stores it."""
        if self.file and not self.file._committed:
            self.remove_notes()
        super().save(*args, **kwargs)

    def remove_notes(self) -> None:
        """Replaces a new recording by its sound and picture alone. Raises ``ValidationError`` when that cannot be done."""
        cleaned = clean_recording(self.file.file)
        if cleaned is not self.file.file:
            self.file = cleaned
            self._set_document_file_metadata()
