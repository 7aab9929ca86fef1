"""Unsafe words reach no reader, whichever way one publishes, and the editor says where they stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from core.publishing import MayNotGoOnline
from core.translations import publish_translation
from drieklank.models import StandardPage
from tests.factories.pages import FactsheetPageFactory, StandardPageFactory, StoryPageFactory, body_of
from tests.factories.people import PersonFactory
from tests.factories.stories import network_person
from tests.factories.translations import enter, fill, send, target

pytestmark = pytest.mark.django_db

UNSAFE = "Hij pleegde zelfmoord."


@pytest.fixture(autouse=True)
def read_in_dutch() -> Any:
    with translation.override("nl"):
        yield


@pytest.fixture
def draft() -> StandardPage:
    """A draft with words that do harm."""
    page = StandardPageFactory(live=False, body=body_of(UNSAFE))
    page.save_revision()
    return page


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(PersonFactory(group="Moderators"))
    return client


def by_revision(page: Page) -> None:
    page.get_latest_revision().publish()


def by_action(page: Page) -> None:
    PublishPageRevisionAction(page.get_latest_revision()).execute(skip_permission_checks=True)


def by_page(page: Page) -> None:
    page.live = True
    page.save()


def by_base_page(page: Page) -> None:
    base = Page.objects.get(pk=page.pk)
    base.live = True
    base.save(update_fields=["live"], clean=False)


def by_schedule(page: Page) -> None:
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()


def by_approval(page: Page) -> None:
    person = PersonFactory(group="Moderators")
    state = Workflow.objects.first().start(page, person).current_task_state
    state.task.specific.on_action(state, person, "approve")


@pytest.mark.parametrize(
    "way",
    [by_revision, by_action, by_page, by_base_page, by_schedule, by_approval],
    ids=lambda way: way.__name__,
)
def test_unsafe_words_stay_offline(way: Callable[[Page], None], draft: StandardPage) -> None:
    with pytest.raises(MayNotGoOnline) as refusal:
        way(draft)
    assert "pleegde zelfmoord" in refusal.value.messages[0]
    assert not Page.objects.get(pk=draft.pk).live


def test_a_plan_from_before_is_held_back_on_its_day(draft: StandardPage) -> None:
    revision = draft.get_latest_revision()
    type(revision).objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(hours=1)
    )
    call_command("publish_scheduled")
    assert not Page.objects.get(pk=draft.pk).live


def test_what_is_online_already_may_still_be_moved_and_locked() -> None:
    page = StandardPageFactory()
    StandardPage.objects.filter(pk=page.pk).update(summary=UNSAFE)
    page = StandardPage.objects.get(pk=page.pk)
    page.locked = True
    page.save()
    assert StandardPage.objects.get(pk=page.pk).locked


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Zelfmoord in de familie"},
        {"slug": "zelfmoord"},
        {"seo_title": "Zelfmoord"},
        {"share_text": "Lees over zelfmoord"},
        {"share_image_alt": "Een brief na een zelfmoord"},
    ],
    ids=lambda fields: next(iter(fields)),
)
@pytest.mark.parametrize("factory", [StoryPageFactory, FactsheetPageFactory, StandardPageFactory])
def test_an_older_word_where_it_leaps_to_the_eye_stays_offline(factory: Any, fields: dict[str, str]) -> None:
    with pytest.raises(MayNotGoOnline):
        factory(**fields)


def test_a_label_on_the_network_map_counts() -> None:
    story = StoryPageFactory(live=False)
    person = network_person("Mijn oom (zelfmoord gepleegd)")
    person.locale = story.locale
    story.people = [person]
    with pytest.raises(MayNotGoOnline):
        story.save_revision().publish()


def test_a_translation_is_checked_in_its_own_language() -> None:
    story = StoryPageFactory(summary="Over wie overbleef.")
    sent = send(story, "de")
    fill(sent)
    enter(sent, "summary", "Er hat Selbstmord begangen.")
    with pytest.raises(MayNotGoOnline) as refusal:
        publish_translation(sent, None)
    assert "Selbstmord begangen" in refusal.value.messages[0]
    enter(sent, "summary", "Er starb durch Suizid.")
    publish_translation(sent, None)
    assert target(sent).live


def test_a_block_from_before_it_got_a_field_can_still_be_saved() -> None:
    body = [
        {"type": "image", "value": {"image": None, "alt_text": "Een brug"}},
        {"type": "quote", "value": {}},
    ]
    page = StandardPageFactory(body=body)
    page.save_revision().publish()
    assert page.live


@pytest.mark.parametrize(
    "block",
    [
        {"type": "quote", "value": {"quote": UNSAFE, "attribution": ""}},
        {"type": "image", "value": {"image": None, "alt_text": "Zelfmoord", "caption": ""}},
        {
            "type": "call_to_action",
            "value": {"text": UNSAFE, "button": "Lees", "address": "https://example.org"},
        },
        {"type": "text", "value": f"<p>Goed.</p><ul><li>{UNSAFE}</li></ul>"},
        {"type": "timeline", "value": {"title": "", "moments": [{"when": "Toen", "text": UNSAFE}] * 2}},
        {"type": "question_answer", "value": {"question": "Hoe?", "answer": f"<p>{UNSAFE}</p>"}},
        {"type": "audio", "value": {"title": "Luister", "file": None, "transcript": f"<p>{UNSAFE}</p>"}},
    ],
    ids=lambda block: block["type"],
)
def test_every_kind_of_block_is_read(block: dict[str, Any]) -> None:
    with pytest.raises(MayNotGoOnline):
        StoryPageFactory(body=[block])


# --- in the editor ----------------------------------------------------------------------------------


def typed(page: StandardPage, **changes: Any) -> dict[str, Any]:
    blocks = [("text", rich_text(changes.pop("body", "<p>Goed.</p>")))]
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "summary": "Kort.",
            "intro": "",
            "body": streamfield(blocks),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
            **changes,
        }
    )
    return {**data, "body-0-id": "4bcf1a8e-9f5a-4a38-8d6c-2a6f0b6a5b10"}


def test_the_reason_stands_at_the_field_and_what_was_typed_is_kept(draft: StandardPage, desk: Client) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    data = typed(draft, title="Zelfmoord", body="<p>Hij pleegde zelfmoord, vertelt zij.</p>")
    response = desk.post(edit, {**data, "action-publish": "1"})
    errors = response.context["form"].errors
    assert "zelfdoding" in errors["title"][0]
    at_block = errors["body"].as_data()[0].block_errors[0]
    assert "pleegde zelfmoord" in at_block.messages[0]
    assert "vertelt zij" in response.content.decode()
    assert not StandardPage.objects.get(pk=draft.pk).live


def test_a_draft_may_hold_anything_and_the_panel_then_says_what_to_change(
    draft: StandardPage, desk: Client
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    response = desk.post(edit, typed(draft, body="<p>Hij pleegde zelfmoord.</p>"), follow=True)
    html = response.content.decode()
    assert "Verander dit voordat het online gaat" in html
    assert "“pleegde zelfmoord”" in html
    assert "overleden door zelfdoding" in html


def test_a_page_with_better_words_goes_online(draft: StandardPage, desk: Client) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    data = typed(draft, body="<p>Hij overleed door zelfdoding.</p>")
    desk.post(edit, {**data, "action-publish": "1"})
    assert StandardPage.objects.get(pk=draft.pk).live


def test_a_translator_sees_the_findings_above_the_texts(desk: Client) -> None:
    sent = send(StoryPageFactory(summary="Over wie overbleef."), "de")
    fill(sent)
    enter(sent, "summary", "Sie wählte den Freitod.")
    response = desk.get(reverse("wagtailadmin_pages:edit", args=[target(sent).pk]))
    assert "“Freitod”" in response.content.decode()
