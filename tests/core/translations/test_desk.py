"""Translating in the admin: each role does its part, and everybody reads why something does not work."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Workflow
from wagtail_localize.models import StringTranslation, Translation

from core.translations import (
    publish_translation,
    submit_for_approval,
)
from drieklank.models import HomePage
from stories.models import StoryIndexPage
from tests.core.translations.desk import as_, messages_of, put_text, republish
from tests.factories.pages import StandardPageFactory
from tests.factories.people import PersonFactory
from tests.factories.translations import enter, fill, locale, send, target

pytestmark = pytest.mark.django_db

DUTCH = "Iedere ochtend fietste zij over de grens."


def test_publishing_in_the_editor_says_how_much_is_missing(unfinished: Translation, moderator: Any) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[target(unfinished).pk])
    response = as_(moderator).post(edit, {"action": "publish"}, follow=True)
    assert "2 teksten" in messages_of(response)
    assert not target(unfinished).live


def test_publishing_in_bulk_says_how_much_is_missing(unfinished: Translation, moderator: Any) -> None:
    page = target(unfinished)
    url = (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        + f"?id={page.pk}&next=/admin/"
    )
    response = as_(moderator).post(
        url, {"include_descendants": "on"}, follow=True, headers={"referer": "http://testserver/admin/"}
    )
    assert "2 teksten" in messages_of(response)
    assert not target(unfinished).live


def test_approving_says_how_much_is_missing(unfinished: Translation, moderator: Any) -> None:
    page = target(unfinished)
    state = Workflow.objects.first().start(page, moderator).current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    response = as_(moderator).post(url, follow=True)
    assert "2 teksten" in messages_of(response)
    assert not target(unfinished).live
    state.refresh_from_db()
    assert state.status == "in_progress"


def test_the_whole_way_through_the_admin(story: Any, moderator: Any, client: Client, mailoutbox: Any) -> None:
    editor, translator = PersonFactory(group="Editors"), PersonFactory(group="Translators", language="de")
    as_(editor).post(
        reverse("wagtail_localize:submit_page_translation", args=[story.pk]),
        {"locales": [locale("de").pk, locale("fr").pk]},
    )
    translation = Translation.objects.get(target_locale=locale("de"))
    page = target(translation)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    desk = as_(translator)
    for segment in translation.source.stringsegment_set.select_related("string"):
        response = put_text(desk, translation, segment, f"{segment.string.data} auf Deutsch")
        assert response.status_code in (200, 201)
    desk.post(edit, {"action": "publish"})
    assert not target(translation).live, "translators do not publish"
    desk.post(edit, {"action": "submit"})
    task = target(translation).current_workflow_task_state
    assert task is not None
    as_(moderator).post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk]))
    page = target(translation)
    assert page.live
    assert f"{DUTCH} auf Deutsch" in client.get(page.url).content.decode()
    assert not target(Translation.objects.get(target_locale=locale("fr"))).live


def test_a_translator_sees_submit_and_no_publish(unfinished: Translation) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[target(unfinished).pk])
    html = as_(PersonFactory(group="Translators")).get(edit).content.decode()
    assert 'value="submit"' in html
    assert 'value="publish"' not in html


def test_submitting_twice_asks_once(story: Any) -> None:
    translator = PersonFactory(group="Translators")
    translation = send(story)
    fill(translation)
    submit_for_approval(translation, translator)
    with pytest.raises(ValidationError, match="wacht"):
        submit_for_approval(translation, translator)


def test_what_was_sent_back_can_be_submitted_again(story: Any, moderator: Any) -> None:
    translator = PersonFactory(group="Translators")
    translation = send(story)
    fill(translation)
    state = submit_for_approval(translation, translator)
    state.current_task_state.specific.reject(user=moderator, comment="Bitte wärmer.")
    enter(translation, "title", "Milas Geschichte")
    state = submit_for_approval(translation, translator)
    state.refresh_from_db()
    state.current_task_state.specific.approve(user=moderator)
    assert target(translation).title == "Milas Geschichte"
    assert target(translation).live


def test_other_languages_offer_no_new_pages_and_no_translation(story: Any, moderator: Any) -> None:
    translation = send(story)
    fill(translation)
    page = publish_translation(translation, None)
    desk = as_(moderator)
    listing = desk.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()
    assert reverse("wagtail_localize:submit_page_translation", args=[page.pk]) not in listing
    index = StoryIndexPage.objects.get(locale=locale("de"))
    answer = desk.get(reverse("wagtailadmin_pages:add", args=["stories", "storypage", index.pk]), follow=True)
    assert "laat haar vertalen" in messages_of(answer)


@pytest.mark.parametrize(
    ("name", "argument"), [("stop_translation", "translation"), ("convert_to_alias", "page")]
)
def test_a_translation_is_not_cut_loose_from_its_source(
    name: str, argument: str, unfinished: Translation, moderator: Any
) -> None:
    pk = unfinished.pk if argument == "translation" else target(unfinished).pk
    as_(moderator).post(reverse(f"wagtail_localize:{name}", args=[pk]))
    unfinished.refresh_from_db()
    assert unfinished.enabled
    assert target(unfinished).alias_of_id is None


@pytest.mark.parametrize(
    ("value", "sentence"),
    [("x" * 300, "255"), ("   ", "lege tekst"), ("a\x00b", "tekens")],
    ids=["long", "blank", "nul"],
)
def test_a_text_the_page_cannot_hold_is_not_saved_and_stays_in_its_field(
    value: str, sentence: str, story: Any
) -> None:
    translation = send(story)
    segment = translation.source.stringsegment_set.get(context__path="title")
    response = put_text(as_(PersonFactory(group="Translators")), translation, segment, value)
    assert sentence in response.json()["error"]
    assert response.json()["data"] == value
    assert not StringTranslation.objects.filter(context__path="title").exists()


def test_a_translator_of_one_language_cannot_touch_another(story: Any) -> None:
    group = Group.objects.create(name="Französisch")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=HomePage.objects.get(locale=locale("fr")),
        permission=Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore"),
    )
    german, french = send(story, "de"), send(story, "fr")
    desk = as_(PersonFactory(group="Französisch"))
    assert desk.get(reverse("wagtail_localize:download_pofile", args=[french.pk])).status_code == 200
    assert desk.get(reverse("wagtail_localize:download_pofile", args=[german.pk])).status_code == 302
    assert desk.post(reverse("wagtail_localize:upload_pofile", args=[german.pk])).status_code == 302
    assert not StringTranslation.objects.exists()


def test_a_dialogue_that_approves_is_led_back_to_the_sentence(
    unfinished: Translation, moderator: Any
) -> None:
    page = target(unfinished)
    state = Workflow.objects.first().start(page, moderator).current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    desk = as_(moderator)
    headers = {"x-requested-with": "XMLHttpRequest", "referer": f"http://testserver{edit}"}
    answer = desk.post(url, {"comment": "Mooi"}, headers=headers)
    assert answer.json() == {"step": "success", "redirect": f"http://testserver{edit}"}
    assert "2 teksten" in messages_of(desk.get(edit))


def test_a_refusal_leads_nowhere_else(unfinished: Translation, moderator: Any) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = as_(moderator).post(
        f"{url}?id={target(unfinished).pk}",
        {"include_descendants": ""},
        headers={"referer": "https://elsewhere.example/"},
    )
    assert answer["Location"] == reverse("wagtailadmin_home")


def test_what_a_moderator_asks_for_is_read_above_the_translation(story: Any, moderator: Any) -> None:
    translator = PersonFactory(group="Translators")
    translation = send(story)
    fill(translation)
    state = submit_for_approval(translation, translator)
    state.current_task_state.specific.reject(user=moderator, comment="Graag warmer.")
    html = (
        as_(translator)
        .get(reverse("wagtailadmin_pages:edit", args=[target(translation).pk]))
        .content.decode()
    )
    assert "Graag warmer." in html


def test_a_moderator_decides_above_the_translation(story: Any, moderator: Any) -> None:
    translation = send(story)
    fill(translation)
    submit_for_approval(translation, PersonFactory(group="Translators"))
    page = target(translation)
    task = page.current_workflow_task_state
    html = as_(moderator).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for action in ("approve", "reject"):
        assert reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task.pk]) in html


def test_a_submission_can_be_withdrawn_by_who_made_it(story: Any) -> None:
    translator = PersonFactory(group="Translators")
    translation = send(story)
    fill(translation)
    submit_for_approval(translation, translator)
    edit = reverse("wagtailadmin_pages:edit", args=[target(translation).pk])
    as_(PersonFactory(group="Translators")).post(edit, {"action": "withdraw"})
    assert target(translation).workflow_in_progress
    as_(translator).post(edit, {"action": "withdraw"})
    assert not target(translation).workflow_in_progress


def test_texts_changed_after_submission_are_told_apart(story: Any) -> None:
    translator = PersonFactory(group="Translators")
    translation = send(story)
    fill(translation)
    edit = reverse("wagtailadmin_pages:edit", args=[target(translation).pk])
    submit_for_approval(translation, translator)
    assert "Sindsdien zijn er teksten veranderd" not in as_(translator).get(edit).content.decode()
    enter(translation, "title", "Milas Weg")
    assert "Sindsdien zijn er teksten veranderd" in as_(translator).get(edit).content.decode()


def test_links_to_pages_a_translator_may_not_see_are_not_called_deleted(story: Any, moderator: Any) -> None:
    linked = StandardPageFactory()
    values = {"text": "", "button": "Lees mee", "page": linked.pk, "address": ""}
    republish(story, body=json.dumps([{"type": "call_to_action", "value": values}]))
    edit = reverse("wagtailadmin_pages:edit", args=[target(send(story)).pk])
    assert "page_chooser" in as_(moderator).get(edit).content.decode()
    assert "page_chooser" not in as_(PersonFactory(group="Translators")).get(edit).content.decode()
