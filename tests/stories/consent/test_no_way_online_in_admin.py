"""The admin brings no story online without consent, and says which tick is missing where somebody tries."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Workflow

from stories.consent.purposes import Purpose
from stories.models import StoryIndexPage, StoryPage
from tests.factories.consents import agree, approve, real_story, reload
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> Any:
    return PersonFactory(group="Moderators")


@pytest.fixture
def story() -> StoryPage:
    """A draft whose teller agreed to everything but the website."""
    story = real_story(title="Wat niemand wist")
    approve(agree(story, set(Purpose) - {Purpose.WEB}))
    return story


def desk_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def messages_of(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def filled_editor(desk: Client, address: str) -> dict[str, Any]:
    """What a browser would send back: the fields of the form as it is shown, and empty stream fields."""
    page = BeautifulSoup(desk.get(address).content, "html.parser")
    form = page.select_one("form[data-edit-form]") or page.select_one("#page-edit-form")
    assert form is not None
    data: dict[str, Any] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        chosen = field.select_one("option[selected]") if field.name == "select" else field
        text = field.text if field.name == "textarea" else (chosen.get("value", "") if chosen else "")
        data[str(field["name"])] = text
    streams = [each.name for each in StoryPage._meta.get_fields() if isinstance(each, StreamField)]
    return {**data, **{f"{name}-count": "0" for name in streams}}


def test_the_editor_says_which_tick_is_missing_and_keeps_what_was_typed(
    story: StoryPage, moderator: Any
) -> None:
    desk = desk_of(moderator)
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    data = {**filled_editor(desk, edit), "summary": "Nieuw getypt.", "action-publish": "1"}
    response = desk.post(edit, data, follow=True)
    assert "Het vinkje voor “website” ontbreekt" in messages_of(response)
    assert not reload(story).live
    assert reload(story).get_latest_revision_as_object().summary == "Nieuw getypt."


def test_the_editor_publishes_what_is_agreed_to(moderator: Any) -> None:
    story = real_story()
    agree(story, sees_versions=False)
    desk = desk_of(moderator)
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    desk.post(edit, {**filled_editor(desk, edit), "action-publish": "1"}, follow=True)
    assert reload(story).live


def test_a_new_story_published_at_once_is_kept_in_the_form(moderator: Any) -> None:
    index = StoryIndexPage.objects.get(locale__language_code="nl")
    desk = desk_of(moderator)
    add = reverse("wagtailadmin_pages:add", args=["stories", "storypage", index.pk])
    data = {**filled_editor(desk, add), "title": "Gloednieuw", "slug": "gloednieuw", "summary": "Getypt."}
    response = desk.post(add, {**data, "action-publish": "1"})
    html = response.content.decode()
    assert "Bewaar het eerst als concept" in html
    assert "Gloednieuw" in html
    assert "Getypt." in html
    assert not StoryPage.objects.exists()
    desk.post(add, data)
    assert not StoryPage.objects.get(slug="gloednieuw").live


def test_an_older_version_brought_back_and_published_stays_offline(story: StoryPage, moderator: Any) -> None:
    first = story.get_latest_revision()
    story.title = "Later"
    story.save_revision()
    desk = desk_of(moderator)
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[story.pk, first.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    data = {**filled_editor(desk, revert), "revision": first.pk, "action-publish": "1"}
    response = desk.post(edit, data, follow=True)
    assert "ontbreekt" in messages_of(response)
    assert not reload(story).live


def test_publishing_in_bulk_says_which_tick_is_missing(story: StoryPage, moderator: Any) -> None:
    url = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={story.pk}&next=/admin/"
    response = desk_of(moderator).post(
        url, {"include_descendants": "on"}, follow=True, headers={"referer": "http://testserver/admin/"}
    )
    assert "Het vinkje voor “website” ontbreekt" in messages_of(response)
    assert not reload(story).live


def test_approving_says_which_tick_is_missing_and_the_task_stays_open(
    story: StoryPage, moderator: Any
) -> None:
    state = Workflow.objects.first().start(story, moderator).current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", state.pk])
    response = desk_of(moderator).post(url, follow=True)
    assert "Het vinkje voor “website” ontbreekt" in messages_of(response)
    assert not reload(story).live
    state.refresh_from_db()
    assert state.status == "in_progress"


@pytest.mark.parametrize("action", ["publish", "copy", "create_alias"])
def test_the_admins_own_api_brings_nothing_online(action: str, story: StoryPage, moderator: Any) -> None:
    before = StoryPage.objects.count()
    desk = desk_of(moderator)
    url = f"/admin/api/main/pages/{story.pk}/action/{action}/"
    response = desk.post(url, {"keep_live": True, "slug": "x"}, content_type="application/json")
    assert response.status_code in (302, 400, 403, 404)
    assert StoryPage.objects.count() == before
    assert not reload(story).live


def test_copying_in_the_admin_is_refused_with_a_reason(story: StoryPage, moderator: Any) -> None:
    response = desk_of(moderator).post(
        reverse("wagtailadmin_pages:copy", args=[story.pk]),
        {"new_title": "X", "new_slug": "x", "new_parent_page": story.get_parent().pk},
        follow=True,
    )
    assert "kan niet worden gekopieerd" in messages_of(response)
    assert StoryPage.objects.count() == 1
