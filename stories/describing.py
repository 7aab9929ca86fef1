"""No recording goes online without its words, no picture without what it shows: whichever way a story is published."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Revision

from core.publishing import MayNotGoOnline, asked_before_going_online, touches_content
from stories.models import StoryPage

WORDS_OF = {"audio": "transcript", "video": "transcript", "image": "alt_text"}
"""What says in words what a block lets hear or see, by its type."""


def check_described(story: StoryPage) -> None:
    """Raises ``MayNotGoOnline`` when a recording, film or picture in the text is not told in words."""
    for block in story.body:
        words = WORDS_OF.get(block.block_type)
        if words and not strip_tags(str(block.value.get(words) or "")).strip():
            sentence = _(
                "Write down what is heard in each recording and what each picture shows, then publish."
            )
            raise MayNotGoOnline({NON_FIELD_ERRORS: sentence})


@receiver(pre_save, sender=StoryPage, dispatch_uid="stories.guard_descriptions")
def guard_page(instance: StoryPage, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if not raw and instance.live and touches_content(instance, update_fields):
        check_described(instance)


@asked_before_going_online
def check_revision(revision: Revision) -> None:
    if issubclass(revision.content_type.model_class() or object, StoryPage):
        check_described(revision.as_object())
