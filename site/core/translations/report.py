"""Reports → Translations: every page in every language, what is missing and what lags behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale, Page, get_page_models
from wagtail.permission_policies.pages import PagePermissionPolicy

from .overview import Status, TranslationState, translation_states
from .progress import source_locale


def page_types(request: Any = None) -> QuerySet[ContentType]:
    types = ContentType.objects.get_for_models(*get_page_models()).values()
    return ContentType.objects.filter(pk__in=[each.pk for each in types if each.model_class() is not Page])


class TypeField(django_filters.fields.ModelMultipleChoiceField):
    def label_from_instance(self, obj: ContentType) -> str:
        return str(capfirst(obj.name))


class TypeFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = TypeField


class TranslationsFilterSet(WagtailFilterSet):
    """Filters pages by query, and their states in each language by looking at them."""

    title = django_filters.CharFilter(label=_("Title"), field_name="draft_title", lookup_expr="icontains")
    language = django_filters.ModelMultipleChoiceFilter(
        label=_("Language"),
        queryset=lambda request: Locale.objects.exclude(pk=source_locale().pk),
        widget=forms.CheckboxSelectMultiple,
        method="keep",
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=Status.choices, widget=forms.CheckboxSelectMultiple, method="keep"
    )
    page_type = TypeFilter(
        label=_("Type"), field_name="content_type", queryset=page_types, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Page
        fields: ClassVar[list[str]] = []

    def _add_locale_filter(self) -> None:
        """Wagtail would offer the source's language, of which there is one."""

    def keep(self, pages: QuerySet[Page], name: str, value: Any) -> QuerySet[Page]:
        """Language and state belong to a translation: see ``filter_queryset``."""
        return pages

    def filter_queryset(self, queryset: QuerySet[Page]) -> list[TranslationState]:
        pages = super().filter_queryset(queryset)
        chosen = self.form.cleaned_data
        allowed = translated_by(self.request.user)
        locales = (
            [locale for locale in allowed if locale in chosen["language"]] if chosen["language"] else allowed
        )
        states = translation_states(pages, locales)
        return [state for state in states if not chosen["status"] or state.status in chosen["status"]]


def translated_by(user: Any) -> list[Locale]:
    """The languages whose translations concern this person: all for those who edit the source, else their own."""
    policy = PagePermissionPolicy()
    if not user.is_superuser and not policy.get_cached_permissions_for_user(user):
        return []  # the menu of the admin asks on every page, also for those who have nothing to do with pages
    roots = policy.explorable_instances(user).filter(depth=2).values("locale_id")
    source = source_locale()
    locales = Locale.objects.exclude(pk=source.pk)
    if not locales.model.objects.filter(pk=source.pk, pk__in=roots).exists():
        locales = locales.filter(pk__in=roots)
    return list(locales)


def day(state: TranslationState) -> str:
    return date_format(localtime(state.since), "SHORT_DATE_FORMAT") if state.since else ""


class PageColumn(TitleColumn):
    """Leads to the translation where the person may edit it."""

    def get_link_url(self, instance: TranslationState, parent_context: Any) -> str | None:
        return reverse("wagtailadmin_pages:edit", args=[instance.page_id]) if instance.editable else None


class TranslationsReportView(ReportView):
    page_title = _("Translations")
    header_icon = "wagtail-localize-language"
    filterset_class = TranslationsFilterSet
    index_url_name = "wagtail_localize:translations_report"
    index_results_url_name = "wagtail_localize:translations_report_results"
    permission_policy = PagePermissionPolicy()
    any_permission_required: ClassVar[list[str]] = ["add", "change", "publish"]
    columns: ClassVar[list[Column]] = [
        PageColumn(
            "title", label=_("Page"), get_title_id=lambda state: f"{state.source_id}-{state.language}"
        ),
        Column("page_type", label=_("Type")),
        Column("language", label=_("Language")),
        Column("status_text", label=_("State")),
        Column("progress_text", label=_("Translated")),
        Column("since_text", label=_("Out of date since"), accessor=day),
    ]
    list_export: ClassVar[list[str]] = [
        "title",
        "page_type",
        "language",
        "status_text",
        "online",
        "progress_text",
        "since",
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("Page"),
        "page_type": _("Type"),
        "language": _("Language"),
        "status_text": _("State"),
        "online": _("Online"),
        "progress_text": _("Translated"),
        "since": _("Out of date since"),
    }

    def get_filename(self) -> str:
        return f"translations-{localdate():%Y-%m-%d}"

    def get_queryset(self) -> QuerySet[Page]:
        """Pages in the source language that are, or were, ready to be translated."""
        pages = Page.objects.filter(locale=source_locale(), depth__gt=1).order_by("path")
        translated = Page.objects.exclude(locale=source_locale()).values("translation_key")
        return pages.filter(live=True) | pages.filter(translation_key__in=translated)

    def get_table(self, object_list: list[TranslationState]) -> Table:
        policy = self.permission_policy
        may_edit = policy.instances_user_has_permission_for(self.request.user, "change").filter(
            pk__in=[state.page_id for state in object_list if state.page_id]
        )
        editable = set(may_edit.values_list("pk", flat=True))
        return super().get_table(
            [replace(state, editable=state.page_id in editable) for state in object_list]
        )
