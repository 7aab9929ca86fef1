"""Where translating meets the admin's menus, buttons and pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail_localize import wagtail_hooks as localize

from . import views
from .progress import language_name, source_locale, translation_of
from .report import TranslationsReportView, translated_by
from .sending import target_locales

FIRST = -10
"""Before wagtail-localize, whose addresses and names stay as they are."""


@hooks.register("register_admin_urls", order=FIRST)
def replace_views() -> list[URLPattern]:
    translation = "localize/translate/<int:translation_id>"
    return [
        path("localize/submit/page/<int:page_id>/", views.SendView.as_view()),
        path("localize/update/<int:translation_source_id>/", views.update),
        path(f"{translation}/strings/<int:string_segment_id>/edit/", views.edit_string),
        path(f"{translation}/pofile/download/", views.download_po),
        path(f"{translation}/pofile/upload/", views.upload_po),
        path(f"{translation}/disable/", views.refuse_stop),
        path("localize/page/<int:page_id>/convert_to_alias/", views.refuse_alias),
        path("localize/reports/translations/", TranslationsReportView.as_view()),
        path("localize/reports/translations/results/", TranslationsReportView.as_view(results_only=True)),
    ]


@hooks.register("before_edit_page", order=FIRST)
def edit_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    translation = translation_of(page)
    return views.edit(request, translation, page) if translation else None


@hooks.register("before_create_page")
def write_in_source_language(
    request: HttpRequest, parent_page: Page, page_class: type[Page]
) -> HttpResponse | None:
    """Pages in other languages come from a translation. (Below the root stand the home pages of all languages.)"""
    if parent_page.is_root() or parent_page.locale_id == source_locale().pk:
        return None
    messages.error(
        request,
        _(
            "Write the page in %(source)s and send it for translation: that is how pages in %(language)s are made."
        )
        % {"source": language_name(source_locale()), "language": language_name(parent_page.locale)},
    )
    return redirect("wagtailadmin_explore", parent_page.pk)


def send_buttons(
    page: Page, user: Any, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """“Send for translation”, on a page in the source language that some language lacks."""
    if page.is_root() or page.locale_id != source_locale().pk:
        return
    if user.has_perm("wagtail_localize.submit_translation") and target_locales(page):
        yield Button(
            _("Send for translation"),
            reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
            priority=60,
            icon_name="wagtail-localize-language",
        )


for place in ("register_page_header_buttons", "register_page_listing_more_buttons"):
    # Wagtail has no way to take a button back; its own would offer translations into and out of every language.
    hooks._hooks[place] = [
        each for each in hooks._hooks[place] if each[0] is not localize.page_listing_more_buttons
    ]
    hooks.register(place, send_buttons)


@hooks.register("construct_page_action_menu")
def remove_actions(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    removed = {"localize-restart-translation", "localize-convert-to-alias"}
    menu_items[:] = [item for item in menu_items if item.name not in removed]


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Wagtail builds its menu twice on every page of the admin: the database is asked once."""
        if not hasattr(request, "concerns_translations"):
            request.concerns_translations = bool(translated_by(request.user))  # type: ignore[attr-defined]
        return bool(request.concerns_translations)  # type: ignore[attr-defined]


@hooks.register("construct_reports_menu")
def replace_report(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    url = reverse("wagtail_localize:translations_report")
    menu_items[:] = [item for item in menu_items if item.url != url]
    item = ReportMenuItem(gettext_lazy("Translations"), url, icon_name="wagtail-localize-language", order=50)
    if item.is_shown(request):
        menu_items.append(item)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    @actions.register_action("core.held_back")
    class Held(LogFormatter):
        label = gettext_lazy("Did not go online as planned")

        def format_message(self, log_entry: Any) -> str:
            return log_entry.data.get("reason", "")
