"""The teller's private link in a browser: on a small telephone, by keyboard, for a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from stories.consent.actions import make_link, officer, revoke_link
from stories.consent.models import ConsentRecord
from tests.factories.consents import agree, real_story
from tests.factories.pages import body_of

Link = Callable[[str], str]
LONG = "Krankenversicherungsangelegenheiten"


@pytest.fixture
def link(live_server: Any, transactional_db: None) -> Link:
    """The private address of a teller in a language, of a story told in Dutch."""
    cache.clear()  # rate limits count there

    def new_link(language: str) -> str:
        story = real_story(
            title=f"Mijn weg, {LONG} {language}", body=body_of("Iedere ochtend.", "Toen werd het licht.")
        )
        record = agree(story, language=language)
        __, address = make_link(record, officer(None))
        return address.replace("http://localhost:8000", live_server.url)

    return new_link


def pages_of(address: str) -> list[str]:
    return [address, f"{address}read/nl/", f"{address}withdraw/"]


@pytest.mark.parametrize(
    "window", [{}, {"dark": True}, {"width": 320, "height": 568}], ids=["day", "night", "phone"]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    link: Link, visit: Any, window: dict[str, Any]
) -> None:
    visitor = visit(**window)
    faults = []
    for language in ("nl", "de", "fr"):
        for address in pages_of(link(language)):
            page = visitor.open(address)
            faults += [f"{language} {address[-14:]}: {fault}" for fault in visitor.accessibility_faults()]
            width = page.evaluate("document.documentElement.scrollWidth")
            faults += (
                [f"{language} {address[-14:]}: {width} px wide"]
                if width > page.viewport_size["width"]
                else []
            )
    assert faults == []
    assert visitor.context.cookies() == []


def test_a_link_that_was_closed_reads_well_too(link: Link, visit: Any) -> None:
    address = link("de")
    revoke_link(ConsentRecord.objects.get().links.get(), officer(None))
    visitor = visit(width=320, height=568)
    page = visitor.open(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert visitor.accessibility_faults() == []


def test_a_teller_approves_and_stops_by_keyboard_without_javascript(link: Link, visit: Any) -> None:
    address = link("nl")
    page = visit(width=360, java_script_enabled=False).open(f"{address}read/nl/")
    expect(page.get_by_text("Toen werd het licht.")).to_be_visible()
    approve = page.get_by_role("button", name="goed", exact=False).first
    approve.focus()
    with page.expect_navigation():  # the answer is stored once the next page is there
        page.keyboard.press("Enter")
    page.goto(f"{address}withdraw/")
    stop = page.locator("main form button[type=submit]").last
    stop.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ingetrokken")
    assert ConsentRecord.objects.get().state == ConsentRecord.State.WITHDRAWN
