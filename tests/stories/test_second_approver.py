"""A story about suicide is approved by two different people before anybody reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Workflow

from core.publishing import MayNotGoOnline
from core.translations import publish_translation
from stories.models import StoryApproval, StoryPage, Theme
from tests.factories.pages import StoryPageFactory
from tests.factories.people import PersonFactory
from tests.factories.translations import enter, fill, send, target

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_in_dutch() -> Any:
    with translation.override("nl"):
        yield


@pytest.fixture
def story() -> StoryPage:
    """A draft about suicide."""
    return about_suicide(StoryPageFactory(live=False))


def about_suicide(story: StoryPage) -> StoryPage:
    story.themes.add(Theme.objects.get(slug="suicide"))
    story.save()
    story.save_revision()
    return StoryPage.objects.get(pk=story.pk)


def desk_of(group: str = "Moderators") -> Client:
    client = Client()
    client.force_login(PersonFactory(group=group))
    return client


def publish(desk: Client, story: StoryPage) -> Any:
    """In bulk, which sends no form along: the buttons of the editor ask the same question."""
    url = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={story.pk}&next=/admin/"
    return desk.post(url, follow=True, headers={"referer": "http://testserver/admin/"})


def told(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def is_live(story: StoryPage) -> bool:
    return StoryPage.objects.get(pk=story.pk).live


def test_the_first_is_told_that_a_second_must_approve_and_the_second_brings_it_online(
    story: StoryPage,
) -> None:
    response = publish(desk_of(), story)
    assert "een tweede persoon moet het ook goedkeuren" in told(response)
    assert not is_live(story)
    publish(desk_of(), story)
    assert is_live(story)


def test_pressing_twice_does_not_make_two_people(story: StoryPage) -> None:
    desk = desk_of()
    for __ in range(3):
        publish(desk, story)
    assert not is_live(story)
    assert StoryApproval.objects.count() == 1


def test_who_may_not_publish_approves_nothing(story: StoryPage) -> None:
    publish(desk_of(), story)
    publish(desk_of("Editors"), story)
    assert not is_live(story)


def test_a_changed_word_is_approved_anew(story: StoryPage) -> None:
    first, second = desk_of(), desk_of()
    publish(first, story)
    story.summary = "Anders."
    story.save_revision()
    publish(second, story)
    assert not is_live(story)
    publish(first, story)
    assert is_live(story)


def without_the_theme(story: StoryPage) -> None:
    story = StoryPage.objects.get(pk=story.pk)
    story.themes.clear()
    story.save_revision()


def newest_is_live(story: StoryPage) -> bool:
    found = StoryPage.objects.get(pk=story.pk)
    return bool(found.live and found.live_revision_id == found.latest_revision_id)


def test_taking_the_theme_off_does_not_take_the_second_person_away(story: StoryPage) -> None:
    first, second = desk_of(), desk_of()
    publish(first, story)
    without_the_theme(story)
    assert "een tweede persoon moet het ook goedkeuren" in told(publish(first, story))
    assert not is_live(story)
    publish(second, story)
    assert is_live(story)


def test_of_a_story_online_the_theme_goes_with_two_people_and_then_one_is_enough(story: StoryPage) -> None:
    first, second = desk_of(), desk_of()
    for desk in (first, second):
        publish(desk, story)
    without_the_theme(story)
    publish(first, story)
    assert not newest_is_live(story)
    publish(second, story)
    assert newest_is_live(story)
    changed = StoryPage.objects.get(pk=story.pk)
    changed.summary = "Over iets anders."
    changed.save_revision()
    publish(first, story)
    assert newest_is_live(story)


def test_while_the_text_speaks_of_it_two_are_needed_without_the_theme(story: StoryPage) -> None:
    first, second = desk_of(), desk_of()
    story.summary = "Over leven na een zelfdoding."
    story.save_revision()
    for desk in (first, second):
        publish(desk, story)
    without_the_theme(story)
    for desk in (first, second):
        publish(desk, story)
    assert newest_is_live(story)
    changed = StoryPage.objects.get(pk=story.pk)
    changed.summary = "Over leven na de zelfdoding van een vriend."
    changed.save_revision()
    publish(first, story)
    assert not newest_is_live(story)


def test_who_left_does_not_count(story: StoryPage) -> None:
    publish(desk_of(), story)
    person = StoryApproval.objects.get().person
    person.is_active = False
    person.save()
    publish(desk_of(), story)
    assert not is_live(story)


def test_in_the_workflow_the_task_stays_open_for_the_second(story: StoryPage) -> None:
    state = Workflow.objects.first().start(story, PersonFactory(group="Editors")).current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", state.pk])
    assert "een tweede persoon" in told(desk_of().post(url, follow=True))
    assert not is_live(story)
    desk_of().post(url, follow=True)
    assert is_live(story)


def test_a_translation_needs_two_of_its_own(story: StoryPage) -> None:
    for __ in range(2):
        publish(desk_of(), story)
    sent = send(StoryPage.objects.get(pk=story.pk), "de")
    fill(sent)
    edit = reverse("wagtailadmin_pages:edit", args=[target(sent).pk])
    assert "een tweede persoon" in told(desk_of().post(edit, {"action": "publish"}, follow=True))
    assert not target(sent).live
    desk_of().post(edit, {"action": "publish"})
    assert target(sent).live


def test_neither_a_script_nor_a_plan_goes_round_them(story: StoryPage) -> None:
    with pytest.raises(MayNotGoOnline, match="twee mensen"):
        story.get_latest_revision().publish()
    story.live = True
    with pytest.raises(MayNotGoOnline):
        story.save()
    planned = StoryPage.objects.get(pk=story.pk)
    planned.go_live_at = timezone.now() + timedelta(hours=1)
    with pytest.raises(MayNotGoOnline):
        planned.save_revision().publish()
    sent = send(StoryPageFactory(), "fr")
    fill(sent)
    enter(sent, "summary", "Un résumé.")
    publish_translation(sent, None)  # another theme needs nobody


def test_what_two_approved_may_be_moved_and_locked(story: StoryPage) -> None:
    for __ in range(2):
        publish(desk_of(), story)
    online = StoryPage.objects.get(pk=story.pk)
    online.locked = True
    online.save()
    assert StoryPage.objects.get(pk=story.pk).locked


def test_the_editor_shows_who_approved(story: StoryPage) -> None:
    desk = desk_of()
    publish(desk, story)
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert "U hebt deze versie goedgekeurd" in desk.get(edit).content.decode()
    other = desk_of().get(edit).content.decode()
    assert str(StoryApproval.objects.get().person) in other
    assert (
        "Twee goedkeuringen"
        not in desk.get(reverse("wagtailadmin_pages:edit", args=[StoryPageFactory().pk])).content.decode()
    )


def test_nobody_turns_the_rule_off_in_the_list_of_themes() -> None:
    theme = Theme.objects.get(slug="suicide")
    html = desk_of().get(reverse("wagtailsnippets_stories_theme:edit", args=[theme.pk])).content.decode()
    assert "zelfdoding" in html
    assert "needs_two_approvals" not in html
