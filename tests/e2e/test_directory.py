"""The finder, the care routes and the glossary: for everybody, on any screen, with and without a script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from drieklank.models import HomePage
from support.models import CareRoutePage, DirectoryPage, GlossaryPage, Municipality
from support.sample_pages import load_care_advice, load_glossary
from support.sample_services import load_services
from tests.e2e.conftest import Addresses

SITUATION = "?question=therapy&age=24_up&lives=NL&works=DE&insured=DE"
CRISIS = "?question=crisis&age=24_up&lives=BE&works=BE&insured=BE"


@pytest.fixture
def rooms(live_server: Any, transactional_db: None) -> Addresses:
    load_services()
    load_care_advice()
    load_glossary()
    home = HomePage.objects.get(locale__language_code="nl")
    finder = home.add_child(instance=DirectoryPage(title="Hulp zoeken", slug="hulp-zoeken"))
    route = home.add_child(instance=CareRoutePage(title="Uw weg naar hulp", slug="weg"))
    words = home.add_child(instance=GlossaryPage(title="Begrippen", slug="begrippen"))
    start = live_server.url
    return {
        "finder": start + finder.url,
        "route": start + route.url,
        "answer": start + route.url + SITUATION,
        "crisis": start + route.url + CRISIS,
        "glossary": start + words.url,
    }


def test_axe_finds_nothing_and_nothing_scrolls_sideways(rooms: Addresses, visit: Any) -> None:
    visitor, faults = visit(width=320, height=640), []
    for kind, url in rooms.items():
        page = visitor.open(url)
        faults += [f"{kind}: {fault}" for fault in visitor.accessibility_faults()]
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            faults.append(f"{kind} scrolls sideways")
    assert faults == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_somebody_finds_help_and_a_way(rooms: Addresses, visit: Any, script: bool) -> None:
    page = visit(java_script_enabled=script).open(rooms["finder"])
    page.select_option("#finder-country", "DE")
    page.select_option("#finder-municipality", str(Municipality.objects.get(name="Aachen").pk))
    page.get_by_role("button", name="Hulp zoeken").last.click()
    expect(page).to_have_url(re.compile("country=DE"))
    expect(page.locator(".service-cards").first).to_contain_text("TelefonSeelsorge")
    expect(page.locator(".service-cards").first).not_to_contain_text("Zelfmoordlijn 1813")
    page.goto(rooms["route"])
    for name, value in (part.split("=") for part in CRISIS[1:].split("&")):
        page.select_option(f"#finder-{name}", value)
    page.locator(".finder button").click()
    expect(page.locator("#route .service-cards").first).to_contain_text("1813")
    lines, advice = (
        page.locator(part).first.bounding_box() for part in ("#route .service-cards", ".route-part")
    )
    assert lines["y"] < advice["y"]
    page.goto(rooms["glossary"] + "#poh-ggz")
    expect(page.locator("#poh-ggz")).to_be_in_viewport()
