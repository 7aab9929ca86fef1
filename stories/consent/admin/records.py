"""Records in the admin: the list, one story, one record, making and changing one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.models import Locale, Page

from core.sharing import SharingUse
from core.translations.progress import language_name
from stories.consent.actions import change_record, latest_reviews, note, officer, record_consent
from stories.consent.actions.auditing import Action
from stories.consent.clearance import consent_for
from stories.consent.dates import REGION, today
from stories.consent.models import AuditEntry, ConsentRecord, ConsentText, ConsentTick, How, Withdrawal
from stories.consent.purposes import PURPOSE_OF_USE, Part, Purpose
from stories.consent.versions import versions_of

from .base import ConsentView
from .forms import ChooseStoryForm, ConsentForm, initial_of

RECORDS_A_PAGE = 30
CONTACT = ("email", "phone", "post")


def title_of(story_key: UUID) -> str:
    """How an officer knows the story: its title, while it has one."""
    page = Page.objects.filter(translation_key=story_key).order_by("locale_id").first()
    return page.draft_title if page else str(_("A story that was erased"))


class IndexView(ConsentView, TemplateView):
    """All consents, the ones that end soonest first."""

    page_title = _("Consents")
    template_name = "consent/admin/index.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        records = ConsentRecord.objects.prefetch_related("ticks").order_by("state", "ends_on", "pk")
        page = Paginator(records, RECORDS_A_PAGE).get_page(self.request.GET.get("p"))
        keys = {record.story_key for record in page}
        titles: dict[UUID, str] = {}
        for story in Page.objects.filter(translation_key__in=keys).order_by("-locale_id"):
            titles[story.translation_key] = story.draft_title
        rows = [(record, titles.get(record.story_key, "")) for record in page]
        return {
            **super().get_context_data(**kwargs),
            "rows": rows,
            "results": page,
            "today": today(),
            "withdrawals": Withdrawal.objects.count(),
        }


class ChooseView(ConsentView, FormView):
    """Which story is the consent about?"""

    page_title = _("Record a consent")
    form_class = ChooseStoryForm
    template_name = "consent/admin/choose.html"

    def form_valid(self, form: Any) -> HttpResponse:
        key = form.cleaned_data["story"].translation_key
        if ConsentRecord.objects.filter(story_key=key).exists():
            return redirect("consent:story", key)
        return redirect("consent:add", key)


class StoryView(ConsentView, TemplateView):
    """Everybody's consent to one story, and what may be done with each version."""

    template_name = "consent/admin/story.html"

    def get_page_title(self) -> str:
        return title_of(self.kwargs["story_key"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = self.kwargs["story_key"]
        versions = [
            (page, [(PURPOSE_OF_USE[use], consent_for(page, use)) for use in SharingUse])
            for page in versions_of(key)
        ]
        return {
            **super().get_context_data(**kwargs),
            "story_key": key,
            "records": ConsentRecord.objects.of_story(key),
            "versions": versions,
            "withdrawal": Withdrawal.objects.filter(story_key=key).first(),
        }


class RecordView(ConsentView, TemplateView):
    """One record with its ticks, versions, links and trail. That it was opened is noted: names stand here."""

    template_name = "consent/admin/record.html"

    @cached_property
    def record(self) -> ConsentRecord:
        return get_object_or_404(ConsentRecord.objects.prefetch_related("ticks__text"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return title_of(self.record.story_key)

    def get_page_subtitle(self) -> str:
        return str(self.record.get_role_display())

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("consent:story", args=[self.record.story_key]), "label": _("Story")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note(self.record, Action.SEEN, officer(request.user))  # type: ignore[arg-type]
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.record
        ticks = record.ticks_in_force()
        reviews = latest_reviews(record)
        versions = [
            (page, reviews.get(page.locale.language_code))
            for page in versions_of(record.story_key).filter(alias_of=None)
        ]
        return {
            **super().get_context_data(**kwargs),
            "record": record,
            "identity": record.identity,
            "contact": [record.identity[way] for way in CONTACT if record.identity.get(way)],
            "ticks": _rows_of(ticks),
            "general": ticks.get(Part.GENERAL),
            "versions": versions,
            "links": record.links.all(),
            "trail": AuditEntry.objects.filter(record=record).select_related("user")[:100],
            "today": today(),
        }


def _rows_of(ticks: dict[str, ConsentTick]) -> list[tuple[Any, ConsentTick | None, str]]:
    """Each purpose with its tick, and the language its text was read in, named in the officer's."""
    names = {locale.language_code: language_name(locale) for locale in Locale.objects.all()}
    rows = [(purpose.label, ticks.get(purpose.value)) for purpose in Purpose]
    return [(label, tick, names.get(tick.text.language, "") if tick else "") for label, tick in rows]


class FormOfRecord(ConsentView, FormView, ABC):
    form_class = ConsentForm
    template_name = "consent/admin/form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = ConsentText.objects.in_force("nl")
        return {**super().get_context_data(**kwargs), "media": self.get_form().media, "texts": texts}

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("Nothing has been saved yet: please look at what is marked below."))
        return super().form_invalid(form)

    @abstractmethod
    def save(self, form: ConsentForm) -> ConsentRecord:
        """Keep what the form says. Raises ``ValidationError``."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            record = self.save(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("The consent is saved."))
        return redirect("consent:record", record.pk)


class AddView(FormOfRecord):
    """A new record for a story."""

    page_title = _("Record a consent")

    def get_page_subtitle(self) -> str:
        return title_of(self.kwargs["story_key"])

    def save(self, form: ConsentForm) -> ConsentRecord:
        data = form.cleaned_data
        given_on = data["given_on"] or today()
        return record_consent(
            self.kwargs["story_key"],
            actor=officer(self.request.user),  # type: ignore[arg-type]
            role=ConsentRecord.Role(data["role"]),
            how=How(data["how"]),
            until=data["until"],
            identity=form.identity(),
            purposes=[Purpose(value) for value in data["purposes"]],
            given_at=datetime.combine(given_on, time(12), tzinfo=REGION) if data["given_on"] else None,
            evidence=data["evidence"],
            evidence_ending=form.evidence_ending,
            **form.fields_of_record(),
        )


class EditView(FormOfRecord):
    """Change a record. Who opened it earlier and saves later is told that it changed meanwhile."""

    page_title = _("Change the consent")

    @cached_property
    def record(self) -> ConsentRecord:
        return get_object_or_404(ConsentRecord.objects.prefetch_related("ticks"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return title_of(self.record.story_key)

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.record)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "record": self.record}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        for name in ("role", "given_on"):  # who it is about and when it was given are facts
            del form.fields[name]
        return form

    def save(self, form: ConsentForm) -> ConsentRecord:
        data = form.cleaned_data
        return change_record(
            self.record.pk,
            data["seen_version"] if data["seen_version"] is not None else -1,
            officer(self.request.user),  # type: ignore[arg-type]
            purposes={Purpose(value) for value in data["purposes"]},
            until=data["until"],
            how=How(data["how"]),
            identity=form.identity(),
            evidence=data["evidence"],
            evidence_ending=form.evidence_ending,
            **form.fields_of_record(),
        )
