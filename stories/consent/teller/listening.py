"""The files of a version for its teller alone: they hear and see what they approve, before anybody else can."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.models import CustomDocument
from stories.consent.actions import version_in
from stories.consent.models import PrivateLink
from stories.consent.versions import files_of
from stories.models import StoryPage

from .entering import by_private_link


def private_address_of(token: str, page: StoryPage) -> Callable[[CustomDocument], str]:
    """Gives a document of ``page`` its address behind the private link."""
    language = page.locale.language_code
    return lambda document: reverse("my_story_file", args=[token, language, document.pk])


@by_private_link()
def file(request: HttpRequest, link: PrivateLink, token: str, language: str, pk: int) -> HttpResponseBase:
    """A recording, film or captions of a version, as long as the version has them and the consent was not withdrawn."""
    page = version_in(link.record, language) if link.record.is_active else None
    if page is None or pk not in files_of(page).documents:
        raise Http404
    document = get_object_or_404(CustomDocument, pk=pk)
    response = FileResponse(document.file.open("rb"), content_type=document.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
