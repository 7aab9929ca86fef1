"""What counts as translated, and what is online while new texts wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from core.translations import (
    IncompleteTranslation,
    progress_of,
    publish_translation,
    update_from_source,
)
from core.translations.drafts import save_draft
from stories.models import StoryIndexPage
from tests.factories.pages import FactsheetPageFactory, body_of
from tests.factories.translations import enter, fill, locale, send, target

pytestmark = pytest.mark.django_db

DUTCH = "Iedere ochtend fietste zij over de grens."


def test_an_old_draft_with_gaps_stays_offline_when_the_texts_are_finished_later(
    unfinished: Translation,
) -> None:
    fill(unfinished)
    assert progress_of(unfinished).complete
    with pytest.raises(IncompleteTranslation):
        target(unfinished).get_latest_revision().publish()
    assert not target(unfinished).live


def test_an_empty_text_is_no_translation(story: Any) -> None:
    translation = send(story)
    fill(translation)
    StringTranslation.objects.filter(context__path="summary").update(data=" ")
    assert translation.get_progress()[0] == translation.get_progress()[1]
    with pytest.raises(IncompleteTranslation):
        publish_translation(translation, None)


def test_a_text_with_broken_markup_is_no_translation(story: Any) -> None:
    translation = send(story)
    fill(translation)
    enter(translation, "title", "<script>alert(1)</script>")
    with pytest.raises(IncompleteTranslation):
        publish_translation(translation, None)


def test_a_name_may_be_the_same_in_both_languages(story: Any) -> None:
    translation = send(story)
    fill(translation)
    enter(translation, "teller", "Mila")
    assert publish_translation(translation, None).teller == "Mila"


def test_what_is_online_stays_while_new_texts_wait(story: Any, client: Client) -> None:
    translation = send(story)
    fill(translation)
    german = publish_translation(translation, None)
    story.body = body_of(DUTCH, "Nu woont zij in Aken.")
    story.save_revision().publish()
    update_from_source(translation.source)
    with pytest.raises(IncompleteTranslation):
        publish_translation(translation, None)
    with pytest.raises(IncompleteTranslation):
        translation.save_target(publish=False)
    save_draft(translation, None)
    answer = client.get(german.url).content.decode()
    assert "Aken" not in answer
    assert f"{DUTCH} auf Deutsch" in answer


def test_a_page_that_is_online_can_be_locked_whatever_its_translation_lacks(story: Any) -> None:
    translation = send(story)
    fill(translation)
    enter(translation, "teller", "Mila")
    page = publish_translation(translation, None)
    enter(translation, "teller", "Milena")
    story.body = body_of("Alles is anders.")
    story.save_revision().publish()
    update_from_source(translation.source)
    page.locked = True
    page.save()
    assert Page.objects.get(pk=page.pk).locked


def test_no_copy_or_alias_of_a_dutch_page_stands_in_another_tree(story: Any) -> None:
    german_index = StoryIndexPage.objects.get(locale=locale("de"))
    with pytest.raises(IncompleteTranslation):
        story.copy_for_translation(locale("de"), alias=True)
    with pytest.raises(ValidationError):
        story.copy(to=german_index, update_attrs={"slug": "kopie"})
    assert not german_index.get_children().exists()


def test_a_plan_that_became_incomplete_is_dropped_and_others_go_on(
    story: Any, mailoutbox: Any, moderator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    incomplete, complete = send(story), send(FactsheetPageFactory())
    for translation in (incomplete, complete):
        fill(translation)
        page = save_draft(translation, None).as_object()
        page.go_live_at = tomorrow
        page.save_revision().publish()
    story.body = body_of("Zij vertelt het anders.")
    story.save_revision().publish()
    update_from_source(incomplete.source)
    mailoutbox.clear()
    with (
        time_machine.travel(tomorrow + timedelta(minutes=1), tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        call_command("publish_scheduled")
    assert not target(incomplete).live
    assert not target(incomplete).approved_schedule
    assert target(complete).live
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([moderator.email], "Niet online gegaan zoals gepland: Het verhaal van Mila auf Deutsch")
    ]
