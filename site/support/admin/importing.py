"""Bringing services in from a file: choose it, look at what it would change, confirm."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.models import User
from support.importing.columns import COLUMNS, NEEDED
from support.importing.planning import Plan, plan_import
from support.importing.reading import LARGEST_FILE, MOST_ROWS, UnreadableFile, decode
from support.importing.writing import DirectoryChanged, export_lines, write_import
from support.models import ServiceImport
from support.models.imports import forget_old_imports

SHOWN = 100  # lines of one kind in a preview


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv"})
    )

    def clean_file(self) -> tuple[str, str]:
        """Its name and its text, once it is known that it has lines to look at."""
        upload: UploadedFile = self.cleaned_data["file"]
        try:
            text = decode(upload.read(LARGEST_FILE + 1))
            plan_import(text)
        except UnreadableFile as error:
            raise ValidationError(str(error)) from error
        return upload.name or "services.csv", text


class _ForEditors(WagtailAdminTemplateMixin):
    """An import both adds and changes, so it asks for both."""

    header_icon = "upload"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perms(["support.add_supportservice", "support.change_supportservice"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("support_service:index"), "label": _("Services")},
            {"url": "", "label": self.page_title},
        ]


class ChooseFile(_ForEditors, FormView):
    page_title = gettext_lazy("Import services")
    template_name = "support/admin/import.html"
    form_class = ImportForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "columns": [(column.name, column.label) for column in COLUMNS.values()],
            "needed": NEEDED,
            "most": MOST_ROWS,
        }

    def form_valid(self, form: ImportForm) -> HttpResponse:
        forget_old_imports()
        name, text = form.cleaned_data["file"]
        chosen = ServiceImport.objects.create(
            user=cast(User, self.request.user), file_name=name[-255:], text=text
        )
        return redirect(reverse("support_import_preview", args=[chosen.pk]))


class Preview(_ForEditors, TemplateView):
    """What the file would change. Confirming writes what was shown, or, when the directory changed, shows it anew."""

    page_title = gettext_lazy("What the file would change")
    template_name = "support/admin/import_preview.html"

    def _chosen(self, pk: UUID) -> ServiceImport:
        return get_object_or_404(ServiceImport, pk=pk, user=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self._chosen(kwargs["pk"])
        plan = plan_import(chosen.text)
        return {
            **super().get_context_data(**kwargs),
            "chosen": chosen,
            "plan": plan,
            "kinds": _kinds(plan),
            "shown": SHOWN,
        }

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        chosen = self._chosen(pk)
        if "discard" in request.POST:
            chosen.delete()
            messages.success(request, _("The file is thrown away. Nothing in the directory changed."))
            return redirect(reverse("support_import"))
        try:
            plan = write_import(chosen.text, request.POST.get("fingerprint", ""), request.user)
        except DirectoryChanged:
            messages.warning(
                request, _("Nothing was written: the directory changed since you looked. Please look again.")
            )
            return redirect(request.path)
        chosen.delete()
        messages.success(request, _written(plan))
        return redirect(reverse("support_service:index"))


def _kinds(plan: Plan) -> list[dict[str, Any]]:
    """What there is to look at, with the lines that are shown of it and how many more there are."""
    kinds: list[tuple[str, str, list[Any]]] = [
        ("refused", _("Refused"), plan.refused),
        ("changed", _("Changed"), plan.changed),
        ("new", _("New"), plan.new),
    ]
    return [
        {"name": name, "label": label, "lines": lines[:SHOWN], "more": max(0, len(lines) - SHOWN)}
        for name, label, lines in kinds
        if lines
    ]


def _written(plan: Plan) -> str:
    new = ngettext("%(count)d service added", "%(count)d services added", len(plan.new))
    changed = ngettext("%(count)d service changed", "%(count)d services changed", len(plan.changed))
    return f"{new % {'count': len(plan.new)}}, {changed % {'count': len(plan.changed)}}."


def export_services(request: HttpRequest) -> StreamingHttpResponse:
    """Every service, as a file that can be changed and imported again."""
    if not request.user.has_perm("support.change_supportservice"):
        raise PermissionDenied
    response = StreamingHttpResponse(export_lines(), content_type="text/csv; charset=utf-8")
    name = f"services-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
