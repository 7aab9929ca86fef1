"""What is promised about translations: nothing in Dutch goes online in another language, and nobody is left guessing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Page, Workflow
from wagtail_localize.models import LocaleSynchronization, StringTranslation, Translation, TranslationSource

from core.translations import (
    IncompleteTranslation,
    progress_of,
    publish_translation,
    send_for_translation,
    submit_for_approval,
    update_from_source,
)
from core.translations.drafts import save_draft, slug_from
from drieklank.models import HomePage
from stories.models import StoryIndexPage
from tests.factories.pages import FactsheetPageFactory, StandardPageFactory, StoryPageFactory, body_of
from tests.factories.people import PersonFactory
from tests.factories.translations import enter, fill, locale, send, target

pytestmark = pytest.mark.django_db

DUTCH = "Iedere ochtend fietste zij over de grens."


@pytest.fixture
def story() -> Any:
    return StoryPageFactory(title="Het verhaal van Mila", slug="mila")


@pytest.fixture
def unfinished(story: Any) -> Translation:
    """A translation that lacks two texts, with a draft that fills the gaps in Dutch."""
    translation = send(story)
    fill(translation, leave=2)
    save_draft(translation, None)
    return translation


@pytest.fixture
def moderator() -> Any:
    return PersonFactory(group="Moderators")


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def messages_of(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


# --- sending ----------------------------------------------------------------------------------------


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


# --- nothing untranslated goes online ---------------------------------------------------------------


def by_revision(translation: Translation, person: Any) -> None:
    target(translation).get_latest_revision().publish()


def by_page(translation: Translation, person: Any) -> None:
    page = target(translation)
    page.live = True
    page.save()


def by_base_page(translation: Translation, person: Any) -> None:
    page = Page.objects.get(pk=target(translation).pk)
    page.live = True
    page.save(update_fields=["live"], clean=False)


def by_localize(translation: Translation, person: Any) -> None:
    translation.save_target(publish=True)


def by_schedule(translation: Translation, person: Any) -> None:
    page = target(translation)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()


def by_submission(translation: Translation, person: Any) -> None:
    submit_for_approval(translation, person)


def by_our_publishing(translation: Translation, person: Any) -> None:
    publish_translation(translation, person)


def by_approval(translation: Translation, person: Any) -> None:
    page = target(translation)
    state = Workflow.objects.first().start(page, person)
    state.current_task_state.task.specific.on_action(state.current_task_state, person, "approve")


WAYS = [
    by_revision,
    by_page,
    by_base_page,
    by_localize,
    by_schedule,
    by_submission,
    by_our_publishing,
    by_approval,
]


@pytest.mark.parametrize("way", WAYS)
def test_an_unfinished_translation_goes_online_no_way(
    way: Any, unfinished: Translation, moderator: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with pytest.raises(IncompleteTranslation) as refusal, django_capture_on_commit_callbacks(execute=True):
        way(unfinished, moderator)
    assert refusal.value.missing == 2
    page = target(unfinished)
    assert not page.live
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert client.get(page.url).status_code == 404


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way not in (by_page, by_base_page, by_schedule, by_submission)]
)
def test_a_finished_translation_goes_online(
    way: Any, story: Any, moderator: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    translation = send(story)
    fill(translation)
    save_draft(translation, None)
    with django_capture_on_commit_callbacks(execute=True):
        way(translation, moderator)
    page = target(translation)
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert f"{DUTCH} auf Deutsch" in answer.content.decode()
    assert f">{DUTCH}<" not in answer.content.decode()


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
    page = publish_translation(translation, None)
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
    story: Any, mailoutbox: Any, moderator: Any
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
    with time_machine.travel(tomorrow + timedelta(minutes=1), tick=False):
        call_command("publish_scheduled")
    assert not target(incomplete).live
    assert not target(incomplete).approved_schedule
    assert target(complete).live


# --- in the admin -----------------------------------------------------------------------------------


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
        response = desk.put(
            reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
            data=f'--x\r\nContent-Disposition: form-data; name="value"\r\n\r\n{segment.string.data} auf Deutsch\r\n--x--\r\n',
            content_type="multipart/form-data; boundary=x",
        )
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
    response = as_(PersonFactory(group="Translators")).put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        data=f'--x\r\nContent-Disposition: form-data; name="value"\r\n\r\n{value}\r\n--x--\r\n',
        content_type="multipart/form-data; boundary=x",
    )
    assert sentence in response.json()["error"]
    assert response.json()["data"] == value
    assert not StringTranslation.objects.filter(context__path="title").exists()


def test_a_translator_of_one_language_cannot_touch_another(story: Any) -> None:
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission

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


# --- what follows the source ------------------------------------------------------------------------


def test_tags_follow_the_source(story: Any) -> None:
    story.tags.add("vriendschap", "grens")
    story.save_revision().publish()
    translation = send(story)
    fill(translation)
    page = publish_translation(translation, None)
    assert set(page.tags.names()) == {"vriendschap", "grens"}
    story.tags.remove("grens")
    story.save_revision().publish()
    update_from_source(translation.source)
    assert set(publish_translation(translation, None).tags.names()) == {"vriendschap"}
    assert Tag.objects.count() == 2


@pytest.mark.parametrize(
    ("title", "language", "slug"),
    [
        ("Über die Brücke", "de", "ueber-die-bruecke"),
        ("Große Schritte", "de", "grosse-schritte"),
        ("L’œuvre d’Inès", "fr", "l-oeuvre-d-ines"),
        ("???", "de", ""),
    ],
)
def test_an_address_is_made_from_the_title_of_its_language(title: str, language: str, slug: str) -> None:
    assert slug_from(title, language) == slug


def test_a_translated_title_brings_its_own_address(story: Any) -> None:
    translation = send(story)
    enter(translation, "title", "Milas Weg über die Grenze")
    fill_without_slug(translation)
    page = publish_translation(translation, None)
    assert page.url == "/de/lebensgeschichten/milas-weg-ueber-die-grenze/"


def fill_without_slug(translation: Translation) -> None:
    slug = translation.source.stringsegment_set.get(context__path="slug")
    fill(translation)
    StringTranslation.objects.filter(context=slug.context, locale=translation.target_locale).delete()


def test_every_text_of_every_page_type_can_be_reached_in_the_editor() -> None:
    """A text without a panel could not be translated, and its page never published."""
    from wagtail.models import get_page_models
    from wagtail_localize.fields import get_translatable_fields
    from wagtail_localize.views.edit_translation import TabHelper

    for model in get_page_models():
        if model is Page:
            continue
        helper = TabHelper(model())
        for field in get_translatable_fields(model):
            if field.is_translated(model()):
                assert field.field_name in helper.field_tab_mapping, f"{model.__name__}.{field.field_name}"
