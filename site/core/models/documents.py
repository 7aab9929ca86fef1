from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from core.uploads import check_document


class CustomDocument(AbstractDocument):
    """A file in the library."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        if not self.file:  # refused already: Wagtail would also complain of its ending
            return
        super().clean()
        if not self.file._committed:
            check_document(self.file.file)
