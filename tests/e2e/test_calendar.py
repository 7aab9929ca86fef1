"""Campaign staff move posts on the calendar by mouse, by keyboard and by form, and axe finds nothing to say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from campaigns.models import PlatformPost
from tests.e2e.conftest import RULES, axe_source
from tests.e2e.desks import person, sign_in
from tests.factories.campaigns import SocialAccountFactory, scheduled

MAY = "/admin/campaigns/calendar/2031/5/"


def faults(window: Any, where: str = "#main") -> list[str]:
    """What axe finds in our part of the page: the furniture around it is Wagtail's."""
    window.evaluate(axe_source())
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = window.evaluate("([where, options]) => axe.run(where, options)", [where, options])
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


@pytest.fixture
def row(transactional_db: None) -> PlatformPost:
    account = SocialAccountFactory(provider="website", name="drieklank")
    return scheduled(account, datetime(2031, 5, 13, 17, 30, tzinfo=UTC))


def day_of(row: PlatformPost) -> int:
    row.refresh_from_db()
    return row.due_at.day


def test_a_post_is_moved_by_mouse_keyboard_and_form(
    browser: Browser, live_server: Any, row: PlatformPost
) -> None:
    person("mila@example.org", "Campaign staff")
    window = sign_in(browser, live_server.url, "mila@example.org")
    window.goto(live_server.url + MAY)
    window.locator("[data-entry]").drag_to(window.locator("li[data-day='2031-05-15']:not([data-entry])"))
    expect(window.locator("li[data-day='2031-05-15'] [data-entry]")).to_be_visible()
    assert day_of(row) == 15

    handle = window.locator("[data-handle]")
    expect(handle).to_be_focused()  # the page is new, and its script has run
    for key in ("Space", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowDown"):
        window.keyboard.press(key)
    window.keyboard.press("Enter")
    expect(window.locator("li[data-day='2031-05-22'] [data-entry]")).to_be_visible()
    expect(window.locator("[data-handle]")).to_be_focused()
    assert day_of(row) == 22

    window.keyboard.press("Space")
    window.keyboard.press("ArrowRight")
    window.keyboard.press("Escape")
    assert day_of(row) == 22

    window.keyboard.press("Enter")
    window.locator("input[name=planned_at]").fill("2031-05-27 08:00")
    window.keyboard.press("Escape")
    # By keyboard: the picker of dates that opened with the field may still lie over the button.
    window.locator("form button[type=submit]", has_text="Verplaatsen").press("Enter")
    expect(window.locator("li[data-day='2031-05-27'] [data-entry]")).to_be_visible()
    assert day_of(row) == 27


def test_our_views_have_no_accessibility_faults(
    browser: Browser, live_server: Any, row: PlatformPost
) -> None:
    person("mila@example.org", "Campaign staff")
    window = sign_in(browser, live_server.url, "mila@example.org")
    paths = [MAY, "/admin/campaigns/calendar/2031/week/20/", "/admin/campaigns/calendar/2031/5/13/"]
    paths += [
        "/admin/campaigns/calendar/list/2031/5/1/",
        "/admin/campaigns/planning/",
        "/admin/campaigns/health/",
    ]
    found = {}
    for path in paths:
        window.goto(live_server.url + path)
        found[path] = faults(window)
    assert not any(found.values()), found
