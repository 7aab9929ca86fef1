"""Choosing stories and reading what they say together, on any screen and without JavaScript."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.conftest import LANGUAGES, Visitor
from tests.factories.pages import StoryPageFactory
from tests.factories.stories import network_person, story_about
from tests.stories.maps import german_people

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Krankenversicherungskostenübernahmeverfahren und Wiedereingliederung: wie wir zwischen drei Ländern Hilfe fanden"


@pytest.fixture
def stories(live_server: Any) -> dict[str, str]:
    """Six stories in each language; the address of one with a long title, by language."""
    addresses = {}
    for language in LANGUAGES:
        for number in range(6):
            story = story_about(
                language=language,
                title=LONG if number == 0 else f"Verhaal {number}",
                is_example=True,
                barriers=("language", "cost") if number < 2 else ("language",),
                themes=("work",),
                regions=("zuid-limburg", "heinsberg"),
                people=(network_person(involved_by_care="no"),),
            )
        addresses[language] = f"{live_server.url}{story.get_parent().url}"
    return addresses


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_filters_combine_by_keyboard_and_can_be_dropped(
    stories: dict[str, str], visit: Any, scripts: bool
) -> None:
    page = visit(java_script_enabled=scripts).open(stories["nl"])
    filters = page.get_by_role("navigation", name="Verhalen kiezen")
    filters.locator("summary").filter(has_text="Drempel").press("Enter")
    filters.locator("details a").filter(has_text="kosten").press("Enter")
    expect(page.locator(".card__title")).to_have_count(2)
    filters.locator("summary").filter(has_text="Thema").press("Enter")
    filters.locator("details a").filter(has_text="werk").first.press("Enter")
    expect(page).to_have_url(f"{stories['nl']}?barrier=cost&theme=work")
    filters.locator(".filters__chosen a").filter(has_text="kosten").press("Enter")
    expect(page.locator(".card__title")).to_have_count(6)


@pytest.mark.parametrize(
    "window", [{}, {"width": 320, "height": 568, "dark": True}], ids=["wide", "narrow, night"]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    stories: dict[str, str], live_server: Any, visit: Any, window: dict[str, Any]
) -> None:
    visitor = visit(**window)
    faults = []
    for language, address in stories.items():
        page = visitor.open(f"{address}?barrier=language")
        page.locator(".filter summary").first.click()
        faults += _faults(visitor, f"{language} list")
        visitor.open(f"{live_server.url}/{language}/story-figures/")
        expect(page.locator("svg.chart").first).to_be_visible()
        faults += _faults(visitor, f"{language} figures")
    page = visitor.open(f"{stories['de']}?barrier=cost")
    page.get_by_role("link", name=LONG).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LONG)
    faults += _faults(visitor, "a long title")
    assert faults == []
    assert visitor.refusals == []


def test_on_paper_the_help_lines_stand_once_and_on_the_screen_twice(live_server: Any, visit: Any) -> None:
    story = StoryPageFactory(content_notes=[{"type": "point", "value": "Rouw"}])
    page = visit().open(f"{live_server.url}{story.url}")
    above, below = page.locator(".lines--above"), page.locator(".lines--below")
    expect(above).to_be_visible()
    expect(below).to_be_visible()
    page.emulate_media(media="print")
    expect(above).to_be_visible()
    expect(below).to_be_hidden()


def german_map(live_server: Any) -> str:
    """The address of a story around whose teller there are ten people with long names."""
    people = tuple(
        network_person(
            person.label,
            country=person.country,
            ring=person.ring,
            helped=person.helped,
            how_often=person.how_often,
            involved_by_care=person.involved_by_care,
        )
        for person in german_people()
    )
    return f"{live_server.url}{story_about(language='de', teller='Anneliese', people=people).url}"


@pytest.mark.parametrize(("width", "drawing"), [(1280, "wide"), (320, "narrow")])
def test_names_on_a_map_stand_apart_and_within_it(
    live_server: Any, visit: Any, width: int, drawing: str
) -> None:
    """As a browser sets them, with its own typeface: what is reckoned with is a little wider."""
    page = visit(width=width, height=700).open(german_map(live_server))
    expect(page.locator(f".network__{drawing} svg")).to_be_visible()
    page.evaluate("document.fonts.ready")
    box = "one => { const { left, right, top, bottom } = one.getBoundingClientRect(); return [left, right, top, bottom]; }"
    labels = page.locator(f".network__{drawing} text.label").evaluate_all(f"all => all.map({box})")
    whole = page.locator(f".network__{drawing} svg").evaluate(box)
    assert len(labels) == 10
    for left, right, top, bottom in labels:
        assert whole[0] < left < right < whole[1]
        assert whole[2] < top < bottom < whole[3]
    for one, other in combinations(labels, 2):
        apart = (
            one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] + 3 or other[3] <= one[2] + 3
        )  # boxes of letters reach below their feet
        assert apart, (one, other)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_map_and_its_legend_stand_on_one_sheet_of_paper(live_server: Any, visit: Any) -> None:
    page = visit().open(german_map(live_server))
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    [map_on] = [sheet for sheet in sheets if "Krankenversi-" in sheet]
    assert "Die Menschen um Anneliese" in map_on
    assert "ab und zu" in map_on, "the end of the legend"
    page.emulate_media(media="print")
    size = page.locator(".network__wide svg").evaluate(
        "one => 16 * one.clientWidth / one.viewBox.baseVal.width"
    )
    assert size * 72 / 96 >= 8, "points"
    edges = page.locator("h1, .prose > *:first-child").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().left))"
    )
    assert len(set(edges)) == 1, "one left edge"


def _faults(visitor: Visitor, name: str) -> list[str]:
    faults = [f"{name}: {fault}" for fault in visitor.accessibility_faults()]
    wide = visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*faults, f"{name}: scrolls sideways"] if wide else faults
