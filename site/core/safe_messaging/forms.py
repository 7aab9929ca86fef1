"""The form of a page: what stops publishing stands at its field, and nothing that was typed is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from core.safe_messaging.checking import blocking, check_passages
from core.safe_messaging.findings import Finding, Passage
from core.safe_messaging.pages import findings_on


class SafeMessagingPageForm(WagtailAdminPageForm):
    """A draft may hold anything. Publishing and approving ask for words that do no harm."""

    def is_valid(self) -> bool:
        valid = bool(super().is_valid())
        if valid and self._brings_online():
            for field, findings in self._found().items():
                self._add(field, findings)
            valid = bool(super().is_valid())
        return valid

    def _brings_online(self) -> bool:
        return "action-publish" in self.data or self.data.get("workflow-action-name") == "approve"

    def _found(self) -> dict[str, list[Finding]]:
        """By field, and by set of fields for what stands in rows."""
        found: dict[str, list[Finding]] = defaultdict(list)
        in_rows = check_passages(self._rows(), self.instance.locale.language_code)
        for finding in blocking([*findings_on(self.instance), *in_rows]):
            found[finding.passage.field].append(finding)
        return found

    def _rows(self) -> Iterator[Passage]:
        """The texts of rows, which reach the page only when it is saved."""
        for name, formset in self.formsets.items():
            if not hasattr(formset.model, "translation_key"):
                continue
            texts = {
                field.field_name
                for field in get_translatable_fields(formset.model)
                if isinstance(field, TranslatableField)
            }
            for form in formset.forms:
                for text in texts & form.cleaned_data.keys():
                    if not form.cleaned_data.get("DELETE"):
                        yield Passage(str(form.cleaned_data[text] or ""), name)

    def _add(self, field: str, findings: list[Finding]) -> None:
        if field not in self.fields:
            self.add_error(None, ValidationError([finding.sentence for finding in findings]))
        elif not findings[0].passage.block:
            self.add_error(field, ValidationError([finding.sentence for finding in findings]))
        else:
            self.add_error(field, self._at_blocks(field, findings))

    def _at_blocks(self, field: str, findings: list[Finding]) -> ValidationError:
        places = [child.id for child in getattr(self.instance, field)]
        sentences: dict[int, list[Any]] = defaultdict(list)
        for finding in findings:
            sentences[places.index(finding.passage.block)].append(finding.sentence)
        errors = {place: ValidationError(texts) for place, texts in sentences.items()}
        return StreamBlockValidationError(block_errors=errors)
