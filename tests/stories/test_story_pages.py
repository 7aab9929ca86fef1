"""The public pages of stories."""

from __future__ import annotations

import pytest
import wagtail_factories
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.templatetags.core_tags import reading_minutes
from stories.models import StoryIndexPage
from tests.factories.consents import consented_story
from tests.factories.pages import StoryPageFactory, body_of

pytestmark = pytest.mark.django_db


def index_address() -> str:
    address = StoryIndexPage.objects.get(locale__language_code="nl").url
    assert address
    return address


def test_a_longer_list_asks_the_database_no_more(client: Client) -> None:
    def tell(number: int) -> None:
        for __ in range(number):
            image = wagtail_factories.ImageFactory()
            body = [
                {"type": "image", "value": {"image": image.pk, "alt_text": "Een brug"}},
                *body_of("Een dag."),
            ]
            StoryPageFactory(share_image=image, share_image_alt="Een brug", body=body)

    def queries() -> int:
        client.get(index_address())  # makes the sizes of the pictures
        cache.clear()  # Wagtail remembers them there
        with CaptureQueriesContext(connection) as asked:
            client.get(index_address())
        return len(asked)

    tell(2)
    few = queries()
    tell(6)
    assert queries() == few


def test_a_story_says_that_it_is_made_up(client: Client) -> None:
    told = consented_story()
    made_up = StoryPageFactory(is_example=True)
    assert "voorbeeldverhaal" in client.get(made_up.url).content.decode()
    assert "voorbeeldverhaal" not in client.get(told.url).content.decode()


def test_other_stories_follow_the_story_itself_does_not(client: Client) -> None:
    story = StoryPageFactory(title="Deze")
    for title in ("Een andere", "Nog een"):
        StoryPageFactory(title=title)
    StoryPageFactory(title="Een concept", live=False)
    answer = client.get(story.url)
    assert {other.title for other in answer.context["more_stories"]} == {"Een andere", "Nog een"}


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (190, 1), (600, 3)])
def test_reading_takes_a_minute_for_two_hundred_words(words: int, minutes: int) -> None:
    story = StoryPageFactory(body=body_of("woord " * words, heading=""))
    assert reading_minutes(story.body) == minutes
