from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from stories.approving import SecondApproverMissing, check_revision
from stories.models import Barrier, StoryPage, Theme
from stories.network.names import looks_like_full_name


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "name_de", "name_fr", "slug"]
    search_fields = ["name", "name_de", "name_fr"]
    ordering = ["name"]


class BarrierViewSet(SnippetViewSet):
    model = Barrier
    icon = "warning"
    list_display = ["name", "name_de", "name_fr", "slug"]
    search_fields = ["name", "name_de", "name_fr"]
    ordering = ["name"]


@register_snippet
class VocabularyGroup(SnippetViewSetGroup):
    """The words that stories are found by, each in three languages."""

    menu_label = gettext_lazy("Keywords")
    menu_icon = "tag"
    menu_order = 320
    items = (ThemeViewSet, BarrierViewSet)


@hooks.register("before_publish_page", order=10)
def ask_for_a_second_approver(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The draft is saved at this point; only publishing stops. Without consent nobody is asked to approve."""
    revision = page.get_latest_revision() if isinstance(page, StoryPage) else None
    if revision is None:
        return None
    try:
        check_revision(revision)
    except SecondApproverMissing as refusal:
        refusal.after_refusal()
        messages.warning(request, f"{refusal.messages[0]} {_('Your changes are saved as a draft.')}")
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action(
        "stories.approved", gettext_lazy("Approve"), gettext_lazy("Approved this version")
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_full_names(request: HttpRequest, page: Page) -> None:
    """A map shows who was there, never who they are: editors hear of labels that look like full names."""
    story = page.specific
    if not isinstance(story, StoryPage):
        return
    people = story.get_latest_revision_as_object().people.all()
    names = [person.label for person in people if looks_like_full_name(person.label)]
    if names:
        messages.warning(
            request,
            _(
                "These labels on the network map look like a first and a last name: %(labels)s. "
                "Use a role or a pseudonym, so that nobody can be recognised."
            )
            % {"labels": ", ".join(f"“{name}”" for name in names)},
        )
