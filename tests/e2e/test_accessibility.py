"""Every public page, in three languages: for everybody, on any screen, with no stranger listening."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import LANGUAGES, Addresses

Pages = Callable[[str], Addresses]
HELP_NOW = {"nl": "Nu hulp", "de": "Jetzt Hilfe", "fr": "De l’aide maintenant"}


def all_of(pages: Pages) -> list[tuple[str, str, str]]:
    """(language, kind, address) of every page."""
    return [(language, kind, url) for language in LANGUAGES for kind, url in pages(language).items()]


@pytest.mark.parametrize(
    "window", [{}, {"dark": True}, {"width": 360, "height": 640}], ids=["day", "night", "phone"]
)
def test_axe_finds_nothing(pages: Pages, visit: Any, window: dict[str, Any]) -> None:
    visitor = visit(**window)
    faults = []
    for language, kind, url in all_of(pages):
        page = visitor.open(url)
        faults += [f"{language} {kind}: {fault}" for fault in visitor.accessibility_faults()]
        menu = page.locator(".menu-button")
        if menu.is_visible():
            menu.click()
            faults += [f"{language} {kind}, menu open: {fault}" for fault in visitor.accessibility_faults()]
    assert faults == []


def test_nothing_scrolls_sideways_at_320_pixels(pages: Pages, visit: Any) -> None:
    visitor = visit(width=320, height=568)
    too_wide = [
        f"{language} {kind}"
        for language, kind, url in all_of(pages)
        if visitor.open(url).evaluate("document.documentElement.scrollWidth") > 320
    ]
    assert too_wide == []


def test_no_cookie_no_third_party_nothing_inline(pages: Pages, visit: Any, live_server: Any) -> None:
    visitor = visit()
    for __, __, url in all_of(pages):
        visitor.open(url)
    strangers = [url for url in visitor.requests if not url.startswith((live_server.url, "data:"))]
    assert strangers == []
    assert visitor.context.cookies() == []
    assert visitor.refusals == []
    assert any(url.endswith(".woff2") for url in visitor.requests), "the site's own typefaces were asked for"


def test_help_stays_in_view_on_every_page(pages: Pages, visit: Any) -> None:
    visitor = visit(width=360, height=640)
    for language, __, url in all_of(pages):
        page = visitor.open(url)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        link = page.locator(".help-now")
        expect(link).to_have_text(HELP_NOW[language])
        expect(link).to_be_in_viewport(ratio=1)
    link.click()
    expect(page).to_have_url(pages(language)["help"])


def test_a_story_reads_without_javascript(pages: Pages, visit: Any) -> None:
    page = visit(width=360, java_script_enabled=False).open(pages("nl")["story"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Twaalf jaar over de heuvel")
    expect(page.get_by_text("Ik hoefde het niet alleen te doen.")).to_be_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Infobladen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Infobladen")


def test_the_keyboard_skips_to_the_text_and_closes_the_menu(pages: Pages, visit: Any) -> None:
    page = visit(width=360).open(pages("nl")["story"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de tekst")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    button = page.get_by_role("button", name="Menu")
    button.focus()
    page.keyboard.press("Enter")
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
