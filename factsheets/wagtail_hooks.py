"""Info sheets in the admin. What stands here only connects ``factsheets.admin`` to Wagtail."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from factsheets.admin.answers import AnswersReport
from factsheets.admin.choosing import facts_to_choose, register_fact_feature, settings_of_the_list
from factsheets.admin.facts import FactViewSet, refuse_when_in_use
from factsheets.admin.reviews import RecordReview, ReviewsReport

register_snippet(FactViewSet)
hooks.register("before_delete_snippet", refuse_when_in_use)
hooks.register("register_rich_text_features", register_fact_feature)
hooks.register("insert_editor_js", settings_of_the_list)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [
        path("factsheets/answers/", AnswersReport.as_view(), name="factsheets_answers"),
        path("factsheets/facts-to-choose/", facts_to_choose, name="factsheets_facts_to_choose"),
        path("factsheets/reviews/", ReviewsReport.as_view(), name="factsheets_reviews"),
        path("factsheets/reviews/<int:pk>/", RecordReview.as_view(), name="factsheets_record_review"),
    ]


@hooks.register("register_reports_menu_item")
def reviews_menu_item() -> MenuItem:
    return MenuItem(_("Reviews of info sheets"), reverse("factsheets_reviews"), icon_name="calendar-check")


@hooks.register("register_reports_menu_item")
def answers_menu_item() -> MenuItem:
    return MenuItem(_("Answers of readers"), reverse("factsheets_answers"), icon_name="comment")


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> Any:
    actions.register_action("factsheets.review", _("Review"), _("Checked, unchanged"))
