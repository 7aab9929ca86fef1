"""Figures over all stories: what counts, what is told, and what nobody may learn from them."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from stories.consent.models import ConsentTick
from stories.figures.counting import StoryFigures, story_figures
from stories.figures.telling import told
from stories.models import Barrier, StoryPage
from tests.factories.consents import agree, consented_story
from tests.factories.many_stories import make_many_stories
from tests.factories.stories import network_person, story_about

pytestmark = pytest.mark.django_db


def stories(number: int, **about: object) -> list[StoryPage]:
    return [story_about(is_example=True, **about) for __ in range(number)]  # type: ignore[arg-type]


def barrier_row(found: StoryFigures, slug: str) -> list[int | None]:
    label = Barrier.objects.get(slug=slug).label
    row = next(row for row in found.barriers if row.label == label)
    return [row.everywhere, *row.at_borders]


def table_of(client: Client, file: str, language: str = "nl") -> list[list[str]]:
    response = client.get(f"/{language}/story-figures/{file}.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


@given(st.integers(0, 10_000))
def test_a_figure_is_of_five_or_more_and_never_exact_by_itself(count: int) -> None:
    figure = told(count)
    assert (figure is None) == (count < 5)
    if figure is not None:
        assert figure >= 5
        assert figure % 5 == 0
        assert abs(figure - count) <= 2


class TestWhatIsTold:
    def test_fewer_than_five_stories_are_not_told_of(self, client: Client) -> None:
        stories(4, barriers=("language",), regions=("zuid-limburg", "heinsberg"))
        assert story_figures().stories is None
        html = client.get("/nl/story-figures/").content.decode()
        assert "Er zijn nog minder dan 5 verhalen" in html
        assert '<svg class="chart"' not in html
        assert [row[1:] for row in table_of(client, "barriers")[1:]] == [["minder dan 5"] * 4]

    def test_a_group_of_fewer_than_five_is_hidden_among_many(self) -> None:
        stories(8, barriers=("language",), regions=("zuid-limburg", "heinsberg"))
        stories(4, barriers=("language", "cost"), regions=("zuid-limburg", "liege"))
        found = story_figures()
        assert found.stories == 10
        assert barrier_row(found, "language") == [10, 10, None, None]
        assert barrier_row(found, "cost") == [None, None, None, None]

    def test_nobody_learns_of_the_few_by_subtracting(self) -> None:
        """Seven met a barrier, six of them at this border: the seventh is not told."""
        stories(6, barriers=("cost",), regions=("zuid-limburg", "heinsberg"))
        stories(1, barriers=("cost",), regions=("zuid-limburg", "liege"))
        everywhere, at_border, *__ = barrier_row(story_figures(), "cost")
        assert everywhere == at_border == 5

    def test_who_was_overlooked_counts_stories_not_people(self) -> None:
        for __ in range(5):
            people = (
                network_person("Mijn zus", relation="sibling", involved_by_care="no", helped="yes"),
                network_person("Mijn oom", relation="relative", involved_by_care="no", helped="no", ring=3),
                network_person("De huisarts", relation="gp", involved_by_care="yes", ring=2),
            )
            story_about(is_example=True, people=people)
        with override("en"):
            found = story_figures()
        circles = {row.label: (row.on_map, row.overlooked, row.helpers_overlooked) for row in found.circles}
        assert circles["family"] == (5, 5, 5)
        assert circles["care and support"] == (5, None, None)
        assert circles["friends and neighbours"] == (None, None, None)
        rings = {row.label: (row.on_map, row.overlooked, row.helpers_overlooked) for row in found.rings}
        assert rings == {
            "very close": (5, 5, 5), "close": (5, None, None), "further away": (5, 5, None),
        }  # fmt: skip


class TestWhatCounts:
    def test_real_stories_push_examples_out(self) -> None:
        stories(6)
        assert (story_figures().stories, story_figures().of_examples) == (5, True)
        consented_story(title="Echt")
        found = story_figures()
        assert (found.stories, found.of_examples) == (None, False)

    def test_a_story_counts_once_in_all_its_languages(self) -> None:
        for story in stories(4):
            for language in ("de", "fr"):
                story_about(is_example=True, language=language, translation_key=story.translation_key)
        assert story_figures().stories is None

    def test_what_is_not_open_to_everybody_does_not_count(self) -> None:
        first, second, *__ = stories(6)
        first.unpublish()
        assert story_figures().stories == 5
        PageViewRestriction.objects.create(page=second, restriction_type=PageViewRestriction.LOGIN)
        assert story_figures().stories is None

    def test_only_while_everybody_agrees(self) -> None:
        made = [consented_story(title=f"Echt {number}", slug=f"echt-{number}") for number in range(5)]
        assert story_figures().stories == 5
        with time_machine.travel(datetime.now(UTC) + timedelta(days=400), tick=False):
            assert StoryPage.objects.live().count() == 5, "the worker has not come round yet"
            assert story_figures().stories is None
        ticks = ConsentTick.objects.filter(record__story_key=made[0].translation_key, part="web")
        ticks.update(ended_at=datetime.now(UTC))
        assert story_figures().stories is None
        ticks.update(ended_at=None)
        assert story_figures().stories == 5
        agree(made[1], purposes=(), role="other")
        assert story_figures().stories is None, "somebody else in the story has not agreed yet"


@pytest.mark.parametrize(
    ("language", "title", "few", "head"),
    [
        ("nl", "Wat verhalen samen zeggen", "minder dan 5", "Drempel"),
        ("de", "Was Geschichten gemeinsam sagen", "weniger als 5", "Hürde"),
        ("fr", "Ce que les récits disent ensemble", "moins de 5", "Obstacle"),
    ],
)
def test_it_is_told_in_every_language_as_chart_table_and_file(
    client: Client, language: str, title: str, few: str, head: str
) -> None:
    people = [network_person(involved_by_care="no") for __ in range(5)]
    for person in people:
        story_about(
            is_example=True, barriers=("language",), regions=("zuid-limburg", "heinsberg"), people=(person,)
        )
    html = client.get(f"/{language}/story-figures/").content.decode()
    assert f"<h1>{title}</h1>" in html
    assert 'content="noindex"' not in html
    assert html.count('<svg class="chart"') == 4, "all, one border that has figures, relations, closeness"
    assert few in html
    rows = table_of(client, "barriers", language)
    assert rows[0][0] == head
    assert rows[1][1:] == ["5", "5", few, few]
    assert rows[2][1:] == ["5", "5", few, few]
    for row in [*rows, *table_of(client, "care", language)]:
        assert re.search(">" + re.escape(row[0]) + "</th>", html)


def test_a_barrier_named_like_a_formula_is_text(client: Client) -> None:
    stories(5)
    Barrier.objects.filter(slug="cost").update(name="=1+1")
    assert "'=1+1" in [row[0] for row in table_of(client, "barriers")]


def test_thirty_stories_ask_no_more_than_six(client: Client) -> None:
    def queries() -> int:
        cache.clear()
        client.get("/nl/story-figures/")
        with CaptureQueriesContext(connection) as made:
            assert client.get("/nl/story-figures/").status_code == 200
        return len(made)

    stories(6, barriers=("cost",), people=())
    few = queries()
    make_many_stories(30)
    assert queries() == few
