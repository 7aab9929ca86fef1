"""Nothing untranslated goes online, by none of the ways there are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Workflow
from wagtail_localize.models import Translation

from core.translations import (
    IncompleteTranslation,
    publish_translation,
    submit_for_approval,
)
from core.translations.drafts import save_draft
from tests.factories.translations import fill, send, target

pytestmark = pytest.mark.django_db

DUTCH = "Iedere ochtend fietste zij over de grens."


def by_revision(translation: Translation, person: Any) -> None:
    target(translation).get_latest_revision().publish()


def by_action(translation: Translation, person: Any) -> None:
    """What Wagtail's API does."""
    PublishPageRevisionAction(target(translation).get_latest_revision(), user=person).execute()


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
    by_action,
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
