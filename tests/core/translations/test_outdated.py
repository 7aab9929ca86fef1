"""A translation that does not say any more what its source says is marked until it does again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail_localize.models import Translation, TranslationSource

from core.translations import (
    outdated_since,
    outdated_translations,
    publish_translation,
    submit_for_approval,
    update_from_source,
)
from stories.models import StoryPage, Theme
from tests.core.translations.desk import as_, republish
from tests.factories.pages import StandardPageFactory, StoryPageFactory, body_of
from tests.factories.people import PersonFactory
from tests.factories.translations import fill, send, target

pytestmark = pytest.mark.django_db


def test_a_page_published_again_without_a_change_marks_nothing(story: Any, german: Translation) -> None:
    republish(story)
    assert not outdated_translations().exists()


def test_the_editor_naming_paragraphs_anew_is_no_change(story: Any, german: Translation) -> None:
    body = StoryPage.objects.get(pk=story.pk).body.get_prep_value()
    named = [
        {**block, "value": block["value"].replace("<p>", '<p data-block-key="abc12">')} for block in body
    ]
    assert named != body
    republish(story, body=json.dumps(named))
    assert not outdated_translations().exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Mila en de brug"},
        {"summary": ""},
        {"body": body_of("Iedere avond fietst zij terug.")},
        {"life_phase": "retirement"},
        {"seo_title": "Mila"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_change_marks_the_translation_until_it_is_translated_and_published(
    changes: dict[str, Any], story: Any, german: Translation
) -> None:
    before = timezone.now()
    republish(story, **changes)
    since = outdated_since(target(german))
    assert since is not None
    assert since >= before
    update_from_source(german.source)
    assert outdated_since(target(german)) == since, "readers still see the translation of the older text"
    fill(german)
    publish_translation(german, None)
    assert outdated_since(target(german)) is None


def test_themes_that_change_mark_the_translation(story: Any, german: Translation) -> None:
    page = StoryPage.objects.get(pk=story.pk)
    page.themes.add(Theme.objects.get(slug="loneliness"))
    page.save_revision().publish()
    assert outdated_since(target(german))


def test_a_change_that_is_taken_back_takes_the_mark_away(story: Any, german: Translation) -> None:
    republish(story, title="Iets anders")
    republish(story, title="Het verhaal van Mila")
    assert not outdated_translations().exists()


def test_a_draft_of_the_source_marks_nothing(story: Any, german: Translation) -> None:
    story.title = "Nog niet gepubliceerd"
    story.save_revision()
    assert not outdated_translations().exists()


def test_the_mark_keeps_the_time_of_the_first_change(story: Any, german: Translation) -> None:
    republish(story, title="Eerst dit")
    since = outdated_since(target(german))
    republish(story, title="En toen dat")
    assert outdated_since(target(german)) == since


def test_an_older_draft_that_goes_online_is_still_out_of_date(story: Any, german: Translation) -> None:
    submit_for_approval(german, PersonFactory(group="Translators"))
    republish(story, summary="")
    update_from_source(german.source)
    target(german).current_workflow_task_state.specific.approve(user=PersonFactory(group="Moderators"))
    assert outdated_since(target(german))


def test_what_has_not_changed_stays_translated(story: Any, german: Translation) -> None:
    republish(story, title="Mila en de brug")
    update_from_source(german.source)
    assert german.get_progress() == (german.get_progress()[0], german.get_progress()[0] - 1)


def test_updating_what_has_not_changed_does_nothing(german: Translation) -> None:
    updated_at = german.source.last_updated_at
    assert update_from_source(german.source) is False
    german.source.refresh_from_db()
    assert german.source.last_updated_at == updated_at


def test_outdated_translations_of_a_page(story: Any, german: Translation) -> None:
    french = send(story, "fr")
    republish(story, title="Mila en de brug")
    assert set(outdated_translations(story)) == {german, french}
    assert list(outdated_translations(target(german))) == [german]
    assert not outdated_translations(StoryPageFactory()).exists()


SEEN = st.characters(exclude_categories=["C"])
"""What nobody sees in a text is refused before it goes online: see ``test_large_and_hidden.py``."""


@settings(max_examples=20)
@given(title=st.text(SEEN, min_size=1, max_size=40).filter(str.strip))
def test_a_title_marks_exactly_when_it_differs(title: str) -> None:
    page = StandardPageFactory(title="Over ons")
    send(page)
    republish(page, title=title)
    assert outdated_translations(page).exists() == (title != "Over ons")
    page.delete()


def test_the_source_says_how_many_translations_are_out_of_date(story: Any, german: Translation) -> None:
    send(story, "fr")
    desk = as_(PersonFactory(group="Editors"))
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert "vertalingen zijn verouderd" not in desk.get(edit).content.decode()
    republish(story, title="Mila en de brug")
    html = desk.get(edit).content.decode()
    assert "2 vertalingen zijn verouderd" in html
    assert reverse("wagtail_localize:update_translations", args=[german.source_id]) in html


def test_one_click_updates_the_texts_to_translate(story: Any, german: Translation) -> None:
    republish(story, title="Mila en de brug")
    desk = as_(PersonFactory(group="Translators", language="de"))
    edit = reverse("wagtailadmin_pages:edit", args=[target(german).pk])
    assert "Übersetzung an die Quelle anpassen" in desk.get(edit).content.decode()
    desk.post(reverse("wagtail_localize:update_translations", args=[german.source_id]), {"next": edit})
    assert german.source.stringsegment_set.filter(string__data="Mila en de brug").exists()
    assert target(german).title == "Het verhaal van Mila auf Deutsch"


def test_updating_takes_a_permission_and_a_post(story: Any, german: Translation) -> None:
    republish(story, title="Mila en de brug")
    url = reverse("wagtail_localize:update_translations", args=[german.source_id])
    assert as_(PersonFactory(group="Consent officers")).post(url).status_code == 302
    assert as_(PersonFactory(group="Editors")).get(url).status_code == 405
    assert not german.source.stringsegment_set.filter(string__data="Mila en de brug").exists()


def test_a_new_version_of_the_site_warns_of_nothing_that_is_still_true(
    story: Any, german: Translation
) -> None:
    TranslationSource.objects.update(schema_version="0000_long_ago")
    desk = as_(PersonFactory(group="Translators"))
    answer = desk.get(reverse("wagtailadmin_pages:edit", args=[target(german).pk]))
    assert not list(answer.context["messages"])
    assert not outdated_translations().exists()
