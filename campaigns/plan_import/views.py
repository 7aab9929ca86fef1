"""Choose a file, look at what would come of it, confirm. Nothing is kept in between but a signed form."""

from __future__ import annotations

import base64
import zlib
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from campaigns.calendar.periods import Period
from campaigns.models import Campaign
from campaigns.plan_import.making import make_drafts
from campaigns.plan_import.reading import COLUMNS, NEEDED, PlannedLine, read_plan
from campaigns.planning.views import PlanningView
from support.importing.reading import UnreadableFile

LARGEST = 1024 * 1024  # bytes
SALT = "campaigns.plan_import"
PREVIEW_HOLDS = 24 * 3600  # seconds


class PlanForm(forms.Form):
    campaign = forms.ModelChoiceField(label=gettext_lazy("Campaign"), queryset=Campaign.objects.all())
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 1 MB. Bring it in in parts."))
        return bytes(file.read())


class PlanImportView(PlanningView, FormView):  # type: ignore[type-arg]
    form_class = PlanForm
    template_name = "campaigns/admin/planning/import.html"
    page_title = gettext_lazy("Bring in a plan")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("campaigns.add_post"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "columns": COLUMNS, "needed": NEEDED}

    def form_valid(self, form: Any) -> HttpResponse:
        content, campaign = form.cleaned_data["file"], form.cleaned_data["campaign"]
        try:
            lines = read_plan(content, campaign)
        except UnreadableFile as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        packed = base64.b64encode(zlib.compress(content)).decode()
        signed = signing.dumps({"campaign": campaign.pk, "file": packed}, salt=SALT)
        return self.preview(lines, campaign, signed)

    def preview(self, lines: list[PlannedLine], campaign: Campaign, signed: str) -> HttpResponse:
        good = sum(not line.problems for line in lines)
        context = self.get_context_data(
            form=PlanForm(initial={"campaign": campaign}),
            lines=lines,
            campaign=campaign,
            signed=signed,
            good=good,
            bad=len(lines) - good,
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "confirm" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            known = signing.loads(request.POST["confirm"], salt=SALT, max_age=PREVIEW_HOLDS)
            campaign = Campaign.objects.get(pk=known["campaign"])
            lines = read_plan(zlib.decompress(base64.b64decode(known["file"])), campaign)
        except (signing.BadSignature, Campaign.DoesNotExist, UnreadableFile):
            messages.error(request, _("The preview is too old. Please choose the file again."))
            return redirect(request.path)
        number = make_drafts(lines, campaign, request.user)
        if not number:
            messages.error(request, _("No line could be brought in."))
            return redirect(request.path)
        sentence = ngettext(
            "%(number)d draft was made. It goes out once it is approved.",
            "%(number)d drafts were made. Each goes out once it is approved.",
            number,
        )
        messages.success(request, sentence % {"number": number})
        first = min(line.planned_at for line in lines if line.planned_at and not line.problems)
        return redirect(Period.around("month", localtime(first).date()).url + f"?campaign={campaign.pk}")
