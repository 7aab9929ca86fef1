"""Recordings, films and other documents of stories: handed out while somebody may read a page that plays them."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from core.models import CustomDocument
from core.sharing import SharingUse
from stories.consent.clearance import consent_for
from stories.models import StoryPage


def may_be_handed_out(document: CustomDocument) -> bool:
    """False when stories show it, and none of them may be read today. What no story shows, others decide about.

    The index of references lags a moment behind a save, so it is only asked who may be concerned: whether a page is
    online, and agreed to, is read from the page.
    """
    references = ReferenceIndex.get_references_to(document)
    pages = ContentType.objects.get_for_model(Page)
    if references.exclude(base_content_type=pages).exists():
        return True
    keys = [int(key) for key in references.values_list("object_id", flat=True).distinct()]
    found = Page.objects.filter(pk__in=keys)
    stories = StoryPage.objects.filter(pk__in=keys).select_related("locale")
    if not stories or len(stories) < found.count():
        return True
    return any(story.live and consent_for(story, SharingUse.WEB).allowed for story in stories)
