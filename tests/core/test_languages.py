"""A page in one language never passes for a page in another, and a reader is told where to find it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from core.languages import page_at_same_path
from core.translations import publish_translation
from tests.factories.pages import StandardPageFactory, StoryPageFactory
from tests.factories.translations import fill, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Any:
    return StoryPageFactory(title="Anna en de brug", slug="anna")


@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_dutch_path_in_another_language_offers_the_dutch_page_by_name(
    language: str, anna: Any, client: Client
) -> None:
    answer = client.get(f"/{language}/levensverhalen/anna/")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert f'lang="{language}"' in html
    assert "Anna en de brug" in html
    assert 'href="/nl/levensverhalen/anna/"' in html
    assert "fietste" not in html


def test_the_reader_is_led_to_the_page_where_the_language_has_it(anna: Any, client: Client) -> None:
    translation = send(anna)
    fill(translation)
    german = publish_translation(translation, None)
    answer = client.get("/de/levensverhalen/anna/")
    assert answer.status_code == 302
    assert answer["Location"] == german.url


def test_a_draft_translation_is_not_given_away(anna: Any, client: Client) -> None:
    translation = send(anna)
    fill(translation)
    paths = [translation.get_target_instance().url, "/de/levensverhalen/anna/", "/fr/levensverhalen/anna/"]
    answers = [client.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert not any("brug auf Deutsch" in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("hidden", ["draft", "private"])
def test_a_page_that_may_not_be_read_is_not_given_away(hidden: str, client: Client) -> None:
    page = StandardPageFactory(title="Nog geheim", slug="geheim", live=hidden != "draft")
    if hidden == "private":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for path in ("/de/geheim/", f"/de/not-translated/{page.translation_key}/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert next(template.name for template in answer.templates) == "404.html", (
            "as if there were no such page"
        )
        assert "Nog geheim" not in answer.content.decode()


def test_a_version_that_may_not_be_read_is_not_offered(anna: Any, client: Client) -> None:
    translation = send(anna, "fr")
    fill(translation)
    french = publish_translation(translation, None)
    PageViewRestriction.objects.create(page=french, restriction_type=PageViewRestriction.LOGIN)
    html = client.get("/de/levensverhalen/anna/").content.decode()
    assert "Anna en de brug en français" not in html


@given(rest=st.text(max_size=80))
def test_any_path_is_answered(rest: str) -> None:
    assert page_at_same_path(f"/de/{rest}") is None or rest.strip("/")
