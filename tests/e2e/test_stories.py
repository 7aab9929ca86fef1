"""Choosing stories and reading what they say together, on any screen and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import LANGUAGES, Visitor
from tests.factories.pages import StoryPageFactory
from tests.factories.stories import network_person, story_about

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


def _faults(visitor: Visitor, name: str) -> list[str]:
    faults = [f"{name}: {fault}" for fault in visitor.accessibility_faults()]
    wide = visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*faults, f"{name}: scrolls sideways"] if wide else faults
