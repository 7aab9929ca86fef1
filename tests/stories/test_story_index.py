"""Choosing stories: filters that combine, each option with the number of stories it leads to."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from stories.filtering import FILTERS, StoryFilter, stories_below
from stories.models import StoryIndexPage, StoryPage
from stories.regions import Border
from tests.factories.many_stories import make_many_stories
from tests.factories.pages import StoryPageFactory
from tests.factories.stories import network_person, story_about

pytestmark = pytest.mark.django_db

Options = dict[str, dict[str, int]]


def list_of(language: str = "nl") -> StoryIndexPage:
    return StoryIndexPage.objects.get(locale__language_code=language)


def open_list(client: Client, query: str = "", language: str = "nl") -> str:
    response = client.get(f"{list_of(language).url}{query}")
    assert response.status_code == 200
    return response.content.decode()


def titles_on(html: str) -> list[str]:
    return [unescape(title) for title in re.findall(r'class="card__title"><a [^>]*>([^<]*)', html)]


def offered(stories_of: StoryIndexPage, **chosen: str) -> Options:
    """The options a reader sees, with their numbers, by filter and short name."""
    facets = StoryFilter(stories_below(stories_of), chosen).facets()
    return {
        facet.name: {parse_qs(option.query)[facet.name][0]: option.count for option in facet.options}
        for facet in facets
    }


@pytest.fixture
def four(db: None) -> None:
    story_about(
        title="Marijke",
        regions=("zuid-limburg", "staedteregion-aachen"),
        barriers=("language", "insurance"),
        themes=("work",),
        life_phase="working-life",
    )
    story_about(
        title="Inès", regions=("liege", "zuid-limburg"), barriers=("language",), themes=("studying",),
        life_phase="student",
    )  # fmt: skip
    story_about(
        title="Ruth", regions=("ostbelgien", "heinsberg", "zuid-limburg"), barriers=("distance",),
        themes=("work", "caring"), life_phase="midlife-care", medium="audio",
    )  # fmt: skip
    story_about(title="Thuis", regions=("zuid-limburg",))


@pytest.mark.usefixtures("four")
class TestChoosing:
    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("", ["Thuis", "Ruth", "Inès", "Marijke"]),
            ("?border=nl-de", ["Ruth", "Marijke"]),
            ("?barrier=language", ["Inès", "Marijke"]),
            ("?barrier=language&border=nl-de", ["Marijke"]),
            ("?theme=work&medium=audio", ["Ruth"]),
            ("?phase=student", ["Inès"]),
            ("?border=be-de&theme=studying", []),
        ],
    )
    def test_filters_combine(self, client: Client, query: str, titles: list[str]) -> None:
        assert titles_on(open_list(client, query)) == titles

    def test_an_option_counts_what_is_left_given_the_others(self) -> None:
        assert offered(list_of())["border"] == {"nl-de": 2, "nl-be": 2, "be-de": 1}
        chosen = offered(list_of(), barrier="language")
        assert chosen["border"] == {"nl-de": 1, "nl-be": 1}
        assert chosen["barrier"] == {"language": 2, "distance": 1, "insurance": 1}
        assert chosen["theme"] == {"work": 1, "studying": 1}

    def test_what_is_chosen_can_be_taken_away(self, client: Client) -> None:
        html = open_list(client, "?theme=work&barrier=language")
        links = [
            unescape(link) for link in re.findall(r'<a href="([^"]*)"><span class="visually-hidden">', html)
        ]
        queries = [parse_qs(urlsplit(link).query) for link in links if "/nl/" in link]
        assert {"theme": ["work"]} in queries
        assert {"barrier": ["language"]} in queries

    def test_an_address_says_the_same_in_one_order_only(self, client: Client) -> None:
        for query in (
            "?theme=work&border=nl-de",
            "?border=nl-de&page=1&x=y&theme=work",
            "?border=nl-de&theme=work",
        ):
            html = open_list(client, query)
            canonical = re.search(r'rel="canonical" href="([^"]*)"', html)
            assert canonical
            assert unescape(canonical[1]).endswith("/?border=nl-de&theme=work")

    def test_the_choice_is_kept_in_another_language(self, client: Client) -> None:
        html = open_list(client, "?border=nl-de&page=1")
        assert f'href="{list_of("de").url}?border=nl-de" lang="de"' in html
        assert f'hreflang="fr" href="{list_of("fr").full_url}?border=nl-de"' in html

    def test_nothing_left_shows_ways_out(self, client: Client) -> None:
        html = open_list(client, "?border=be-de&theme=studying&phase=student")
        assert "Geen verhaal past" in html
        assert "1 verhaal zonder ‘België – Duitsland’" in unescape(html)
        assert titles_on(html) == []

    def test_a_filter_that_is_none_is_left_out_and_named(self, client: Client) -> None:
        html = open_list(client, "?theme=%3Cscript%3E&border=nl-de")
        assert "&lt;script&gt;" in html
        assert "<script>" not in html
        assert titles_on(html) == ["Ruth", "Marijke"]

    @pytest.mark.parametrize("query", ["?page=0", "?page=999", "?page=x", "?border=&theme=", "?theme=a%00b"])
    def test_odd_addresses_lead_to_the_nearest_list(self, client: Client, query: str) -> None:
        assert len(titles_on(open_list(client, query))) == 4

    def test_labels_are_in_the_language_of_the_page(self, client: Client) -> None:
        story_about(language="fr", title="Chez nous", barriers=("waiting-time",), themes=("sleep",))
        html = open_list(client, language="fr")
        assert "délai d’attente" in html
        assert "sommeil" in html


def test_stories_not_for_everybody_are_neither_shown_nor_counted(client: Client) -> None:
    story_about(title="Concept", themes=("work",), live=False)
    story_about(title="Ander land", themes=("work",), language="de")
    assert titles_on(open_list(client)) == []
    assert offered(list_of())["theme"] == {}


def test_a_list_goes_on_on_the_next_page_with_the_same_choice(client: Client) -> None:
    for number in range(14):
        StoryPageFactory(title=f"Verhaal {number}", medium="audio")
    html = open_list(client, "?medium=audio&page=2")
    assert titles_on(html) == ["Verhaal 1", "Verhaal 0"]
    assert 'rel="prev" href="?medium=audio&amp;page=1"' in html


def queries_for(client: Client, address: str) -> int:
    cache.clear()
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# From 10 to 10,000: ``make bench``.
@pytest.mark.parametrize("query", ["", "?medium=audio"])
def test_a_list_of_thirty_asks_no_more_than_a_list_of_three(client: Client, query: str) -> None:
    make_many_stories(3)
    address = f"{list_of().url}{query}"
    few = queries_for(client, address)
    make_many_stories(27)
    assert queries_for(client, address) == few


def test_a_story_among_thirty_asks_no_more_than_one_among_four(client: Client) -> None:
    story = story_about(themes=("work",), barriers=("cost",), people=(network_person(),))
    make_many_stories(3)
    few = queries_for(client, story.url)
    make_many_stories(26)
    assert queries_for(client, story.url) == few


def test_an_empty_list_says_so_and_offers_no_filter(client: Client) -> None:
    html = open_list(client, language="fr")
    assert "Il n’y a pas encore de récit dans cette langue." in html.replace("'", "’")
    assert 'class="filters' not in html


class TestCounting(TestCase):
    """Numbers beside the options are right for any stories and any choice: compared with counting one by one."""

    @settings(max_examples=25)
    @given(
        stories=st.lists(
            st.tuples(
                st.lists(st.sampled_from(["zuid-limburg", "liege", "heinsberg"]), max_size=3, unique=True),
                st.lists(st.sampled_from(["language", "cost"]), max_size=2, unique=True),
                st.lists(st.sampled_from(["work", "sleep"]), max_size=2, unique=True),
                st.sampled_from(["", "student", "retirement"]),
                st.sampled_from(["text", "audio"]),
            ),
            max_size=5,
        ),
        chosen=st.fixed_dictionaries(
            {},
            optional={
                "border": st.sampled_from(["nl-de", "nl-be"]),
                "barrier": st.sampled_from(["language", "cost"]),
                "theme": st.sampled_from(["work", "sleep"]),
                "phase": st.sampled_from(["student", "retirement"]),
                "medium": st.sampled_from(["text", "audio"]),
            },
        ),
    )
    def test_counts(self, stories: list[Any], chosen: dict[str, str]) -> None:
        made = [
            story_about(
                regions=tuple(regions), barriers=tuple(barriers), themes=tuple(themes), life_phase=phase,
                medium=medium,
            )
            for regions, barriers, themes, phase, medium in stories
        ]  # fmt: skip
        found = StoryFilter(stories_below(list_of()), chosen)
        assert set(found.result()) == {story for story in made if fits(story, chosen)}
        for facet, each in zip(found.facets(), FILTERS, strict=True):
            others = {name: slug for name, slug in chosen.items() if name != facet.name}
            for slug, __ in each.options():
                count = sum(fits(story, {**others, facet.name: slug}) for story in made)
                assert count == offered(list_of(), **chosen)[facet.name].get(slug, 0)


def fits(story: StoryPage, chosen: dict[str, str]) -> bool:
    tests: dict[str, Callable[[str], bool]] = {
        "border": lambda slug: Border(slug) in story.borders,
        "barrier": lambda slug: any(row.barrier.slug == slug for row in story.barriers.all()),
        "theme": lambda slug: any(theme.slug == slug for theme in story.themes.all()),
        "phase": lambda slug: story.life_phase == slug,
        "medium": lambda slug: story.medium == slug,
    }
    return all(tests[name](slug) for name, slug in chosen.items())
