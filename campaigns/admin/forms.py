"""The post's form: a draft may be anything; what is approved has no errors left."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Q
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms.models import WagtailAdminModelForm

from campaigns.admin.fields import PlannedTimeField
from campaigns.checking import Finding, errors_in, findings_of
from campaigns.checks import broken_link


class TargetFormSet(BaseChildFormSet):
    """The accounts of one post. Only those in its language are offered; others are answered with a sentence."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if not self.instance.locale_id:
            return
        field = form.fields["account"]
        everything = field.queryset
        field.queryset = everything.filter(
            Q(language=self.instance.locale.language_code) | Q(pk=form.instance.account_id)
        ).own_first()
        choices = list(field.choices)
        field.queryset = everything
        field.widget.choices = choices


class TargetForm(WagtailAdminModelForm):
    class Meta(WagtailAdminModelForm.Meta):
        field_classes: ClassVar[dict[str, Any]] = {"planned_at": PlannedTimeField}


class PostForm(WagtailAdminModelForm):
    """Saving a draft asks for nothing but a campaign; approving asks ``campaigns.checking``."""

    checked = False

    class Meta(WagtailAdminModelForm.Meta):
        field_classes: ClassVar[dict[str, Any]] = {"planned_at": PlannedTimeField}

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if self.is_bound and not self.is_deferred_validation and not self.checked:
            self.checked = True
            self._check_before_approval()
            valid = super().is_valid()
        return bool(valid)

    def _check_before_approval(self) -> None:
        unreadable = set(self.errors)
        forms = self._target_forms()
        findings = findings_of(self.instance, [form.instance for form in forms])
        if "link" not in unreadable:
            findings += broken_link(self.instance)
        for finding in errors_in(findings):
            if finding.on_target:
                form = next(form for form in forms if form.instance is finding.target)
                if finding.field not in form.errors:
                    form.add_error(finding.field, finding.message)
            elif finding.field == "targets":
                self.formsets["targets"].non_form_errors().append(ValidationError(finding.message))
            elif finding.field not in unreadable:
                self._add_finding(finding)

    def _add_finding(self, finding: Finding) -> None:
        field = finding.field if finding.field in self.fields else None
        self.add_error(field, ValidationError(finding.message))

    def _target_forms(self) -> list[WagtailAdminModelForm]:
        """The accounts that stay, each knowing its post as it stands in the form."""
        formset = self.formsets["targets"]
        forms = [
            form
            for form in formset.forms
            if form.instance.account_id and not formset._should_delete_form(form)
        ]
        for form in forms:
            form.instance.post = self.instance
        return forms
