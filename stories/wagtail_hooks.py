from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

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

    menu_label = gettext_lazy("Words of the stories")
    menu_icon = "tag"
    menu_order = 320
    items = (ThemeViewSet, BarrierViewSet)


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
