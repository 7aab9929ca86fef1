"""A story goes online with its teller's consent or not at all: every way there is, and each of them fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Workflow

from core.translations import publish_translation
from core.translations.drafts import save_draft
from drieklank.heartbeat import Heartbeat
from stories.consent.gate import ConsentMissing
from stories.consent.purposes import Purpose
from stories.models import StoryIndexPage, StoryPage
from tests.factories.consents import agree, approve, consented_story, real_story, reload
from tests.factories.people import PersonFactory
from tests.factories.translations import fill, locale, send, target

pytestmark = pytest.mark.django_db

Way = Callable[[StoryPage, Any], object]


@pytest.fixture
def moderator() -> Any:
    return PersonFactory(group="Moderators")


@pytest.fixture
def story() -> StoryPage:
    """A draft whose teller agreed to everything but the website."""
    story = real_story(title="Wat niemand wist")
    approve(agree(story, set(Purpose) - {Purpose.WEB}))
    return story


# --- ways in code -----------------------------------------------------------------------------------


def by_revision(story: StoryPage, person: Any) -> None:
    story.get_latest_revision().publish()


def by_old_revision(story: StoryPage, person: Any) -> None:
    story.save_revision()
    story.revisions.order_by("pk").first().publish(user=person)


def by_page(story: StoryPage, person: Any) -> None:
    story.live = True
    story.save()


def by_base_page(story: StoryPage, person: Any) -> None:
    page = Page.objects.get(pk=story.pk)
    page.live = True
    page.save(update_fields=["live"], clean=False)


def by_new_page(story: StoryPage, person: Any) -> None:
    parent = StoryIndexPage.objects.get(locale=story.locale)
    parent.add_child(instance=StoryPage(title="Nieuw", body=[("text", "<p>Een ander leven.</p>")], live=True))


def by_schedule(story: StoryPage, person: Any) -> None:
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision().publish()


def by_approval(story: StoryPage, person: Any) -> None:
    state = Workflow.objects.first().start(story, person)
    state.current_task_state.task.specific.on_action(state.current_task_state, person, "approve")


def by_live_copy(story: StoryPage, person: Any) -> None:
    Page.objects.filter(pk=story.pk).update(live=True)
    reload(story).copy(update_attrs={"slug": "nog-eens"}, keep_live=True)


def by_draft_copy(story: StoryPage, person: Any) -> None:
    story.copy(update_attrs={"slug": "nog-eens"}, keep_live=False)


def by_alias(story: StoryPage, person: Any) -> None:
    story.create_alias(update_slug="nog-eens")


WAYS = [
    by_revision,
    by_old_revision,
    by_page,
    by_base_page,
    by_new_page,
    by_schedule,
    by_approval,
    by_live_copy,
    by_draft_copy,
    by_alias,
]


@pytest.mark.parametrize("way", WAYS)
def test_no_code_brings_a_story_online_without_consent(
    way: Way, story: StoryPage, moderator: Any, client: Client
) -> None:
    before = set(StoryPage.objects.values_list("pk", flat=True))

    with pytest.raises(ValidationError):
        way(story, moderator)

    assert set(StoryPage.objects.values_list("pk", flat=True)) == before, "no second page holds the text"
    assert client.get(story.url).status_code == 404
    assert not reload(story).approved_schedule


@pytest.mark.parametrize(
    "way", [by_revision, by_old_revision, by_page, by_base_page, by_schedule, by_approval]
)
def test_the_same_ways_are_open_with_consent(way: Way, moderator: Any, client: Client) -> None:
    story = real_story()
    approve(agree(story))
    way(story, moderator)
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        call_command("publish_scheduled")
        assert client.get(story.url).status_code == 200


def test_moving_a_story_brings_nothing_online(story: StoryPage, client: Client) -> None:
    story.move(StoryIndexPage.objects.get(locale=story.locale), pos="first-child")
    assert not reload(story).live


def test_a_query_that_goes_round_every_guard_shows_nobody_the_story(story: StoryPage, client: Client) -> None:
    Page.objects.filter(pk=story.pk).update(live=True)
    assert client.get(story.url).status_code == 404


def test_no_translation_goes_online_that_the_teller_did_not_tick(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    story = consented_story(set(Purpose) - {Purpose.TRANSLATION})
    translation = send(story)
    fill(translation)
    save_draft(translation, None)
    approve(story_record(story), "de")
    with pytest.raises(ConsentMissing, match="vertaling"):
        publish_translation(translation, None)
    with (
        pytest.raises(ConsentMissing, match="vertaling"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        translation.save_target(publish=True)
    assert client.get(target(translation).url).status_code == 404


def test_a_translation_needs_the_tellers_own_yes(client: Client) -> None:
    story = consented_story()
    translation = send(story)
    fill(translation)
    save_draft(translation, None)
    with pytest.raises(ConsentMissing, match="nog niet goedgekeurd"):
        publish_translation(translation, None)
    approve(story_record(story), "de")
    publish_translation(translation, None)
    assert client.get(target(translation).url).status_code == 200


def test_no_alias_of_a_story_stands_in_another_language() -> None:
    story = consented_story()
    with pytest.raises(ValidationError):
        story.copy_for_translation(locale("de"), alias=True)


def story_record(story: StoryPage) -> Any:
    from stories.consent.models import ConsentRecord

    return ConsentRecord.objects.get(story_key=story.translation_key)


# --- planned, and the consent ends before its time --------------------------------------------------


def test_a_plan_beyond_the_last_day_is_refused() -> None:
    story = real_story()
    approve(agree(story, until=timezone.localdate() + timedelta(days=5)))
    story.go_live_at = timezone.now() + timedelta(days=7)
    with pytest.raises(ConsentMissing, match="liep tot en met"):
        story.save_revision().publish()


def test_a_plan_is_dropped_when_the_tick_is_taken_back_and_other_pages_go_on(client: Client) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    stories = []
    for title in ("Teruggenomen", "Gebleven"):
        story = real_story(title=title, body=[{"type": "text", "value": f"<p>{title}.</p>"}])
        approve(agree(story))
        story.go_live_at = tomorrow
        story.save_revision().publish()
        stories.append(story)
    gone, stays = stories
    # Written past every action: what a restored backup may bring.
    story_record(gone).ticks.filter(part=Purpose.WEB).update(ended_at=timezone.now())

    with time_machine.travel(tomorrow + timedelta(minutes=1), tick=False):
        Heartbeat().beat(0.0)
        assert client.get(gone.url).status_code == 404
        assert client.get(stays.url).status_code == 200
    assert not reload(gone).approved_schedule
