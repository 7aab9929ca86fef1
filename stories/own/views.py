from __future__ import annotations

from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from stories.models import StoryIndexPage
from stories.network.figure import NetworkFigure, drawing_of, words_for
from stories.network.spots import NARROW, WIDE
from stories.own.words import browser_words, form_choices


# The browser itself refuses to send anything from this page, whatever its code does.
@require_safe
@csp_replace({"connect-src": [NONE], "form-action": [NONE]})
def draw(request: HttpRequest) -> HttpResponse:
    """The page to draw on. Nothing of a drawing reaches this view, or any other."""
    context = {**about(request, "own_network"), **form_choices(), "words": browser_words()}
    return render(request, "stories/own/draw.html", context)


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """A map with nobody on it, to print and to draw on with a pen."""
    words = words_for([], "")
    wide, narrow = (drawing_of([], frame, words, f"blank-{frame.size}") for frame in (WIDE, NARROW))
    context = {**about(request, "blank_network"), "network": NetworkFigure(wide, narrow, [])}
    return render(request, "stories/own/blank.html", context)


def about(request: HttpRequest, name: str) -> dict[str, Any]:
    """Where a page that is no Wagtail page stands: the list of stories above it, its addresses by language."""
    index = StoryIndexPage.objects.filter(locale__language_code=get_language()).live().public().first()
    return {"story_index": index, "addresses": dict(_addresses(request, name)), "findable": True}


def _addresses(request: HttpRequest, name: str) -> Any:
    for code, __ in settings.LANGUAGES:
        with override(code):
            yield code, request.build_absolute_uri(reverse(name))
