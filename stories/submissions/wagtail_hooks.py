"""Submissions in the admin. What stands here only connects them to Wagtail."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from stories.submissions.admin import urls
from stories.submissions.admin.access import may_see_submissions


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("submissions/", include((urls.urlpatterns, "submissions")))]


class SubmissionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_submissions(request.user)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return SubmissionsMenuItem(
        _("Submissions"), reverse("submissions:queue"), name="submissions", icon_name="mail", order=230
    )
