"""The admin's views on translations. Those of wagtail-localize that keep no promise of ours are replaced here."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.http.response import HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.views import edit_translation as localize
from wagtail_localize.views.submit_translations import SubmitPageTranslationView

from core.publishing import MayNotGoOnline

from . import po
from .drafts import publish_translation, submit_for_approval
from .outdated import settle_schema
from .sending import send_for_translation, target_locales, update_from_source


class SendView(SubmitPageTranslationView):
    """Chooses the languages that a page is sent to."""

    title = gettext_lazy("Send for translation")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = self.get_object()
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        if not target_locales(page):
            messages.error(
                request,
                _("“%(title)s” exists in every language already, or is a translation itself.")
                % {"title": page},
            )
            return _back(request, page)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> Any:
        form = super().get_form()
        form.fields["locales"].queryset = Locale.objects.filter(
            pk__in=[locale.pk for locale in target_locales(self.object)]
        )
        form.fields["locales"].label = _("Languages")
        form.fields["include_subtree"].label = _("With the pages under it")
        form.fields["include_subtree"].help_text = _("Those that are online are sent too.")
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            sent = send_for_translation(
                self.object,
                form.cleaned_data["locales"],
                self.request.user,
                include_subtree=form.cleaned_data["include_subtree"],
            )
        except ValidationError as error:
            messages.error(self.request, error.messages[0])
        else:
            messages.success(
                self.request,
                ngettext(
                    "%(count)d draft is ready to be translated.",
                    "%(count)d drafts are ready to be translated.",
                    len(sent),
                )
                % {"count": len(sent)},
            )
        return _back(self.request, self.object)


@require_POST
def update(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """One click: translators get the present texts of the source."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    if not may_update(request.user, source):
        raise PermissionDenied
    try:
        changed = update_from_source(source, request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        if changed:
            messages.success(
                request,
                _("The translators have the present text of “%(title)s” now.")
                % {"title": source.object_repr},
            )
        else:
            messages.success(request, _("The translators have the present text already."))
    return _back(request, source.get_source_instance())


def may_update(user: Any, source: TranslationSource) -> bool:
    """Those who send pages, and those who translate this one."""
    if user.has_perm("wagtail_localize.submit_translation"):
        return True
    pages = Page.objects.filter(translation_key=source.object_id).exclude(locale_id=source.locale_id)
    return any(page.permissions_for_user(user).can_edit() for page in pages)


def edit(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse | None:
    """What the buttons under a translation do. Looking at it is wagtail-localize's part."""
    if request.method != "POST":
        settle_schema(translation.source)
        return None
    permissions = page.permissions_for_user(request.user)
    action = request.POST.get("action")
    try:
        if action == "submit":
            submit_for_approval(translation, request.user)
            messages.success(
                request, _("“%(title)s” waits for approval now.") % {"title": page.get_admin_display_title()}
            )
        elif action == "withdraw":
            _withdraw(page, request)
        elif action == "publish":
            if not permissions.can_publish():
                raise PermissionDenied
            published = publish_translation(translation, request.user)
            messages.success(request, _("“%(title)s” is online.") % {"title": published.title})
    except ValidationError as error:
        if isinstance(error, MayNotGoOnline):
            error.after_refusal()
        for message in error.messages:
            messages.error(request, message)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _withdraw(page: Page, request: HttpRequest) -> None:
    state = page.current_workflow_state
    if state is None:
        return
    if not state.user_can_cancel(request.user):
        raise PermissionDenied
    state.cancel(user=request.user)
    messages.success(
        request,
        _("“%(title)s” does not wait for approval any more.") % {"title": page.get_admin_display_title()},
    )


@require_safe
def download_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    translation = _translation_for(request, translation_id)
    name = f"{translation.get_target_instance().slug}-{translation.target_locale.language_code}.po"
    return HttpResponse(
        po.export_po(translation),
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
def upload_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    translation = _translation_for(request, translation_id)
    try:
        imported = po.import_po(translation, request.FILES.get("file"), request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        _tell_imported(request, imported)
    return _back(request, translation.get_target_instance())


def _tell_imported(request: HttpRequest, imported: po.Imported) -> None:
    sentences = [
        ngettext("%(count)d text was taken over.", "%(count)d texts were taken over.", imported.taken)
        % {"count": imported.taken}
    ]
    if imported.unknown:
        sentences.append(
            ngettext(
                "%(count)d text belongs to an older version of the page and was left out.",
                "%(count)d texts belong to an older version of the page and were left out.",
                imported.unknown,
            )
            % {"count": imported.unknown}
        )
    missing = imported.progress.missing
    if missing:
        sentences.append(
            ngettext(
                "%(count)d text is not translated yet.", "%(count)d texts are not translated yet.", missing
            )
            % {"count": missing}
        )
    show = messages.warning if imported.unknown or missing else messages.success
    show(request, " ".join(sentences))


def edit_string(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """Saves one text, unless the page could not hold it: then the text stays in its field, with the reason."""
    if request.method == "PUT":
        segment = get_object_or_404(StringSegment.objects.select_related("context"), pk=string_segment_id)
        reason = _why_not(_translation_for(request, translation_id), segment, _put_value(request))
        if reason:
            return JsonResponse(
                {
                    "string_id": segment.string_id,
                    "segment_id": segment.pk,
                    "data": _put_value(request),
                    "error": reason,
                    "comment": reason,
                    "last_translated_by": None,
                }
            )
    return localize.edit_string_translation(
        request, translation_id=translation_id, string_segment_id=string_segment_id
    )


def _put_value(request: HttpRequest) -> str:
    try:
        fields, __ = MultiPartParser(request.META, BytesIO(request.body), request.upload_handlers).parse()
    except MultiPartParserError:
        return ""
    return fields.get("value", "")


def _why_not(translation: Translation, segment: StringSegment, value: str) -> str:
    longest = po.longest_text(translation, segment.context.path)
    if not value.strip():
        return _("Type a translation: an empty text cannot be saved.")
    if "\x00" in value:
        return _("This text holds characters that cannot be stored.")
    if longest is not None and len(value) > longest:
        return _("This text is too long: at most %(longest)d characters fit.") % {"longest": longest}
    return ""


@require_POST
def refuse_stop(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Cut loose from its source, a page could not be told from one that is still in the source's language."""
    translation = _translation_for(request, translation_id)
    messages.error(
        request, _("A translation stays connected with its source. Unpublish or delete the page instead.")
    )
    return _back(request, translation.get_target_instance())


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """An alias would show the source's text in another language."""
    page = get_object_or_404(Page, pk=page_id)
    messages.error(request, _("A translation cannot be replaced by the page in the source language."))
    return _back(request, page)


def _translation_for(request: HttpRequest, translation_id: int) -> Translation:
    translation = get_object_or_404(
        Translation.objects.select_related("source", "target_locale"), pk=translation_id
    )
    if not translation.get_target_instance().permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return translation


def _back(request: HttpRequest, page: Page) -> HttpResponse:
    return redirect(
        get_valid_next_url_from_request(request) or reverse("wagtailadmin_pages:edit", args=[page.pk])
    )
