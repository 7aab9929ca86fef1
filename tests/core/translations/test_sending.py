"""A page is sent to other languages: drafts come into being, and nothing goes online."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail_localize.models import LocaleSynchronization, StringTranslation, Translation, TranslationSource

from core.translations import (
    publish_translation,
    send_for_translation,
)
from drieklank.models import HomePage
from stories.models import StoryIndexPage
from tests.factories.pages import StandardPageFactory, StoryPageFactory
from tests.factories.translations import fill, locale, send, target

pytestmark = pytest.mark.django_db


def test_a_sent_page_is_a_draft_that_no_reader_sees(story: Any, client: Client) -> None:
    page = target(send(story))
    assert not page.live
    assert page.get_parent().specific == StoryIndexPage.objects.get(locale=locale("de"))
    assert client.get(page.url).status_code == 404


def test_sending_leaves_the_source_as_it_is(story: Any) -> None:
    story.title = "Een woord dat nog niet goed is"
    story.save_revision()
    translation = send(story)
    story.refresh_from_db()
    assert story.title == "Het verhaal van Mila"
    assert translation.source.as_instance().title == "Het verhaal van Mila"


def test_a_page_that_is_not_published_is_not_sent() -> None:
    with pytest.raises(ValidationError, match="Publiceer eerst"):
        send(StoryPageFactory(live=False))
    assert not Translation.objects.exists()


def test_parents_that_lack_come_along_as_drafts() -> None:
    parent = StandardPageFactory(title="Over ons")
    child = StandardPageFactory(parent=parent, title="Onze mensen")
    sent = send_for_translation(child, [locale("fr")])
    pages = [target(translation) for translation in sent]
    assert [page.get_parent().pk for page in pages] == [
        HomePage.objects.get(locale=locale("fr")).pk,
        pages[0].pk,
    ]
    assert not any(page.live or page.alias_of_id for page in pages)


def test_a_subtree_is_sent_without_the_pages_that_are_not_online() -> None:
    parent = StandardPageFactory()
    online = StandardPageFactory(parent=parent)
    StandardPageFactory(parent=parent, live=False)
    sent = send_for_translation(parent, [locale("de"), locale("fr")], include_subtree=True)
    assert {translation.source.object_id for translation in sent} == {
        parent.translation_key,
        online.translation_key,
    }
    assert len(sent) == 4


def test_a_page_is_translated_from_dutch_alone(story: Any) -> None:
    translation = send(story)
    fill(translation)
    german = publish_translation(translation, None)
    with pytest.raises(ValidationError):
        send_for_translation(german, [locale("fr")])
    with pytest.raises(ValidationError):
        TranslationSource.get_or_create_from_instance(german)
    assert TranslationSource.objects.count() == 1


def test_no_language_can_follow_another_one() -> None:
    with pytest.raises(ValidationError):
        LocaleSynchronization.objects.create(locale=locale("de"), sync_from=locale("nl"))


def test_a_page_written_in_its_own_language_is_connected_and_stays_online_as_it_is(client: Client) -> None:
    index = StoryIndexPage.objects.get(locale=locale("nl"))
    translation = send(index)
    german = target(translation)
    assert german.live
    assert german.title == "Lebensgeschichten"
    assert (
        StringTranslation.objects.get(context__path="title", locale=locale("de")).data == "Lebensgeschichten"
    )
    assert client.get(german.url).status_code == 200


def test_a_page_that_changed_since_it_was_sent_elsewhere_is_sent_as_it_is_now(story: Any) -> None:
    send(story, "de")
    story.title = "Het nieuwe verhaal van Mila"
    story.save_revision().publish()
    translation = send(story, "fr")
    assert translation.source.stringsegment_set.filter(string__data="Het nieuwe verhaal van Mila").exists()
