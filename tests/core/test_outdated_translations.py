"""A translation that does not say any more what its source says is marked, in the report and where it is edited."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.models import CustomImage
from core.translations import (
    outdated_since,
    outdated_translations,
    publish_translation,
    send_for_translation,
    submit_for_approval,
    translation_states,
    update_from_source,
)
from core.translations.overview import Status
from factsheets.models import FactsheetPage
from stories.models import StoryPage, Theme
from tests.factories.pages import FactsheetPageFactory, StandardPageFactory, StoryPageFactory, body_of
from tests.factories.people import PersonFactory
from tests.factories.translations import enter, fill, locale, send, target

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Any:
    return StoryPageFactory(title="Het verhaal van Mila", slug="mila")


@pytest.fixture
def german(story: Any) -> Translation:
    """A translation that is online and up to date."""
    translation = send(story)
    fill(translation)
    publish_translation(translation, None)
    return translation


def republish(page: Any, **changes: Any) -> None:
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


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
        {"is_example": True},
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


def test_tags_that_change_mark_the_translation(story: Any, german: Translation) -> None:
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


@settings(max_examples=20)
@given(title=st.text(min_size=1, max_size=40).filter(lambda text: text.strip() and "\x00" not in text))
def test_a_title_marks_exactly_when_it_differs(title: str) -> None:
    page = StandardPageFactory(title="Over ons")
    send(page)
    republish(page, title=title)
    assert outdated_translations(page).exists() == (title != "Over ons")
    page.delete()


# --- where it is edited -----------------------------------------------------------------------------


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


# --- mail -------------------------------------------------------------------------------------------


def test_translators_hear_of_work_in_their_language(
    story: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    translator = PersonFactory(group="Translators", language="fr")
    editor = PersonFactory(group="Editors")
    with django_capture_on_commit_callbacks(execute=True):
        send_for_translation(story, [locale("de"), locale("fr")], editor)
    (mail,) = mailoutbox
    assert mail.to == [translator.email]
    assert mail.subject == "À traduire : 2 pages"
    for translation in Translation.objects.all():
        assert reverse("wagtailadmin_pages:edit", args=[target(translation).pk]) in mail.body


def test_translators_hear_of_a_change_once(
    story: Any, german: Translation, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    PersonFactory(group="Translators", language="de")
    for title in ("Mila en de brug", "Mila over de brug"):
        with django_capture_on_commit_callbacks(execute=True):
            republish(story, title=title)
    assert len(mailoutbox) == 1
    assert "Het verhaal van Mila auf Deutsch" in mailoutbox[0].body


def test_a_mail_server_that_is_down_stops_nobody(
    story: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any, caplog: Any
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("core.translations.mail.send_mail", refuse)
    person = PersonFactory(group="Translators")
    with django_capture_on_commit_callbacks(execute=True):
        send(story)
    assert Translation.objects.count() == 1
    assert f"user {person.pk}" in caplog.text
    assert person.email not in caplog.text


def test_moderators_hear_of_a_submission_in_their_language(german: Translation, mailoutbox: Any) -> None:
    moderator = PersonFactory(group="Moderators", language="fr")
    submit_for_approval(german, PersonFactory(group="Translators"))
    assert [mail.to for mail in mailoutbox] == [[moderator.email]]
    assert "soumis" in mailoutbox[0].subject


# --- the report -------------------------------------------------------------------------------------


@pytest.fixture
def pages() -> dict[Status, Any]:
    """A page in every state its German version can have."""
    made: dict[Status, Any] = {
        status: StoryPageFactory(title=f"Verhaal {status}", slug=status)
        for status in Status
        if status != Status.OWN
    }
    translations: dict[Status, Any] = {
        status: send(page) for status, page in made.items() if status != Status.MISSING
    }
    fill(translations[Status.IN_PROGRESS], leave=2)
    for status in (Status.WAITING, Status.LIVE, Status.OUTDATED):
        fill(translations[status])
    submit_for_approval(translations[Status.WAITING], PersonFactory(group="Translators"))
    for status in (Status.LIVE, Status.OUTDATED):
        publish_translation(translations[status], None)
    republish(made[Status.OUTDATED], summary="Nu anders.")
    return made


def states_of(pages: dict[Status, Any]) -> dict[Status, Any]:
    sources = Page.objects.filter(pk__in=[page.pk for page in pages.values()]).order_by("path")
    return {
        next(status for status, page in pages.items() if page.pk == state.source_id): state
        for state in translation_states(sources, [locale("de")])
    }


def test_every_page_is_in_its_state(pages: dict[Status, Any]) -> None:
    states = states_of(pages)
    assert {wanted: state.status for wanted, state in states.items()} == {wanted: wanted for wanted in pages}
    in_progress = states[Status.IN_PROGRESS].progress
    assert in_progress is not None
    assert in_progress.missing == 2
    assert states[Status.OUTDATED].since is not None
    assert states[Status.OUTDATED].online
    assert states[Status.MISSING].page_id is None


def test_pages_from_the_first_migration_are_written_in_their_own_language() -> None:
    homes = Page.objects.filter(depth=2, locale=locale("nl"))
    assert {state.status for state in translation_states(homes, [locale("de"), locale("fr")])} == {Status.OWN}


def test_the_overview_asks_as_many_questions_for_many_pages_as_for_few(
    django_assert_num_queries: Any, pages: dict[Status, Any]
) -> None:
    few, many = Page.objects.filter(pk=pages[Status.LIVE].pk), Page.objects.filter(locale=locale("nl"))
    languages = [locale("de"), locale("fr")]
    translation_states(few, languages)
    with django_assert_num_queries(6):
        translation_states(few, languages)
    with django_assert_num_queries(6):
        assert len(translation_states(many, languages)) > 10


def report(person: Any, **query: Any) -> Any:
    return as_(person).get(reverse("wagtail_localize:translations_report"), query)


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))


def test_the_report_lists_and_filters(pages: dict[Status, Any]) -> None:
    editor = PersonFactory(group="Editors")
    html = report(editor).content.decode()
    assert "Verhaal missing" in html
    assert "Verouderd" in html
    only = report(editor, status="outdated", language=locale("de").pk).content.decode()
    assert "Verhaal outdated" in only
    assert "Verhaal live" not in only


def test_the_report_filters_by_type_and_leaves_as_a_spreadsheet(pages: dict[Status, Any]) -> None:
    FactsheetPageFactory(title="Naar de huisarts")
    sheets = ContentType.objects.get_for_model(FactsheetPage)
    table = rows(report(PersonFactory(group="Editors"), page_type=sheets.pk, export="csv"))
    assert [(row["Pagina"], row["Taal"], row["Status"]) for row in table] == [
        ("Naar de huisarts", "Deutsch", "Niet verstuurd"),
        ("Naar de huisarts", "Français", "Niet verstuurd"),
    ]


def test_the_report_shows_a_date_for_what_is_out_of_date(pages: dict[Status, Any]) -> None:
    (row,) = rows(report(PersonFactory(group="Editors"), status="outdated", export="csv"))
    assert row["Verouderd sinds"]


def test_the_report_is_for_those_who_edit_pages(client: Client) -> None:
    assert report(PersonFactory(group="Consent officers")).status_code == 302
    assert client.get(reverse("wagtail_localize:translations_report")).status_code == 302


def test_images_follow_the_source_and_alt_texts_are_translated(story: Any) -> None:
    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    image = CustomImage.objects.create(title="brug", file=ImageFile(BytesIO(file.getvalue()), "brug.png"))
    republish(
        story,
        body=[("image", {"image": image, "alt_text": "Een brug", "caption": "", "credit": "Ans"})],
    )
    translation = send(story)
    fill(translation)
    block = StoryPage.objects.get(pk=story.pk).body[0]
    enter(translation, f"body.{block.id}.alt_text", "Eine Brücke")
    german = publish_translation(translation, None)
    assert german.body[0].value["image"] == image
    assert german.body[0].value["alt_text"] == "Eine Brücke"
