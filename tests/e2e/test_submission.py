"""Telling a story in a browser: without scripts, with the keyboard alone, on a small screen, on a bad connection."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from stories.models import StoryPage
from stories.submissions.models import Submission
from support.sample_services import load_services
from tests.e2e import desks
from tests.e2e.conftest import LANGUAGES, Visitor

TEXT = "Op een ochtend kwam ik mijn bed niet meer uit. Mijn buurvrouw belde aan."


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    cache.clear()


@pytest.fixture
def start(live_server: Any, transactional_db: None) -> str:
    load_services()
    return f"{live_server.url}/nl/tell-your-story/"


def go_on(page: Page) -> None:
    """Presses the step's main button, and waits for the page that answers it."""
    with page.expect_navigation():
        page.locator("form[data-keep] button[type=submit]:not([name])").click()


def begin(page: Page) -> str:
    """Presses “Begin”; answers the private address."""
    page.locator("main form button").click()
    page.wait_for_url(re.compile("/story/$"))
    return page.url.removesuffix("story/")


def test_told_without_scripts_it_becomes_a_draft_story(
    start: str, visit: Any, browser: Browser, live_server: Any
) -> None:
    teller = visit(width=360, java_script_enabled=False)
    page = teller.open(start)
    expect(page.get_by_role("heading", name="Eerst: gaat het goed met u?")).to_be_visible()
    page.get_by_role("link", name="Duitsland").click()
    expect(page.get_by_text("TelefonSeelsorge", exact=True)).to_be_visible()
    home = begin(page)
    page.get_by_label("Wat wilt u vertellen?").fill(TEXT)
    go_on(page)
    page.get_by_label("Hoe mogen we u noemen?").fill("Mila")
    go_on(page)
    go_on(page)  # no file
    page.get_by_label("Ik heb dit gelezen en vind het goed").check()
    page.get_by_label("Website", exact=True).check()
    go_on(page)
    expect(page.get_by_text(TEXT)).to_be_visible()
    Submission.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    page.get_by_role("button", name="Mijn verhaal versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank u voor uw verhaal")
    reference = Submission.objects.get().reference
    expect(page.get_by_text(reference)).to_be_visible()
    assert teller.context.cookies() == []
    assert not [url for url in teller.requests if not url.startswith((live_server.url, "data:"))]

    desks.person("mila@example.org", "Moderators")
    desk = desks.sign_in(browser, live_server.url, "mila@example.org")
    desk.goto(f"{live_server.url}/admin/submissions/")
    desk.get_by_role("link", name=reference).click()
    desk.get_by_label("Uw antwoord").fill("Dank u wel, we lezen het met aandacht.")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Antwoord versturen").click()
    page.goto(home)
    expect(page.get_by_text("Dank u wel, we lezen het met aandacht.")).to_be_visible()
    desk.get_by_role("button", name="Maak er een conceptverhaal van").click()
    expect(desk.locator("#id_title")).to_have_value(f"Verhaal {reference}")
    story = StoryPage.objects.get(translation_key=Submission.objects.get().story_key)
    assert not story.live
    page.goto(home)
    page.get_by_role("button", name="Naar mijn verhaal").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw verhaal")
    expect(page.get_by_text("nog niet goedgekeurd")).to_be_visible()


def test_the_keyboard_alone_is_enough(start: str, visit: Any) -> None:
    page = visit().open(start)
    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/story/$"))
    page.get_by_label("Wat wilt u vertellen?").focus()
    page.keyboard.type("Kort.")
    order = []
    for __ in range(4):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
        )
    assert order == ["helped", "would_have_helped", "Bewaren en verder", "later"], "the trap is never met"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/about/$"))
    assert Submission.objects.get().answers["text"] == "Kort."


def test_a_dropped_connection_loses_nothing(start: str, visit: Any) -> None:
    visitor: Visitor = visit()
    visitor.page.clock.install()
    page = visitor.open(start)
    begin(page)
    visitor.context.set_offline(True)
    page.get_by_label("Wat wilt u vertellen?").fill(TEXT)
    page.clock.run_for(11_000)
    expect(page.get_by_text("Geen verbinding.")).to_be_visible()
    visitor.context.set_offline(False)
    page.clock.run_for(11_000)
    expect(page.get_by_text("Bewaard.", exact=True)).to_be_visible()
    assert Submission.objects.get().answers["text"] == TEXT
    page.reload()
    expect(page.get_by_label("Wat wilt u vertellen?")).to_have_value(TEXT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_every_step_is_for_everybody_and_fits_a_small_screen(
    start: str, visit: Any, language: str, dark: bool
) -> None:
    visitor = visit(width=320, height=640, dark=dark)
    page = visitor.open(start.replace("/nl/", f"/{language}/"))
    faults: list[str] = []

    def look(what: str) -> None:
        faults.extend(f"{what}: {fault}" for fault in visitor.accessibility_faults())
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            faults.append(f"{what} scrolls sideways")

    look("start")
    home = begin(page)
    go_on(page)
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    look("story, nothing written")
    page.locator("#id_text").fill("Arbeitsunfähigkeitsbescheinigungsausstellungsverfahren " * 3)
    go_on(page)
    for step in ("about", "file", "agree", "check"):
        page.goto(f"{home}{step}/")
        look(step)
    page.goto(f"{home}agree/")
    page.locator("#id_general").check()
    go_on(page)
    page.goto(home)
    look("draft")
    page.goto(f"{home}check/")
    with page.expect_navigation():
        page.locator("main form button").click()
    look("sent")
    page.goto(f"{home}take-back/")
    look("take back")
    assert faults == []
    assert visitor.refusals == []
