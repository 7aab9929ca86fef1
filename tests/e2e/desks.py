"""What people do at their desks in the admin, step by step, as the browser tests tell it."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import Group
from playwright.sync_api import Browser, Page, expect
from wagtail.users.models import UserProfile

from core.models import User

PASSWORD = "een-lang-wachtwoord"
WORK_TIMEOUT = 30_000  # milliseconds; a busy machine opens an editor slowly
expect.set_options(timeout=WORK_TIMEOUT)


def person(email: str, group: str, language: str = "nl") -> User:
    user = User.objects.create_user(email, PASSWORD, is_staff=True, first_name=group)
    user.groups.add(Group.objects.get(name=group))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user


def sign_in(browser: Browser, address: str, email: str) -> Page:
    """A window of this person's own, signed in through the front door."""
    window = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce").new_page()
    window.set_default_timeout(WORK_TIMEOUT)
    window.goto(f"{address}/accounts/login/?next=/admin/")
    window.fill("input[name=login]", email)
    window.fill("input[name=password]", PASSWORD)
    window.press("input[name=password]", "Enter")
    window.wait_for_url("**/admin/")
    return window


def write_story(window: Page, address: str, index: Any, *, title: str, summary: str, text: str) -> None:
    """An editor writes an example, which needs no teller's consent, and hands it in for approval."""
    window.goto(f"{address}/admin/pages/add/stories/storypage/{index.pk}/")
    window.fill("#id_title", title)
    window.fill("#id_teller", "Sofie")
    window.fill("#id_summary", summary)
    window.locator("#id_is_example").check()
    window.locator("[data-contentpath=body] button.c-sf-add-button").first.click()
    window.get_by_role("option", name="Tekst", exact=True).first.click()
    window.locator(".public-DraftEditor-content").first.click()
    window.keyboard.type(text)
    # The editor hands its text to the form a moment after the last key.
    expect(window.locator("input[name=body-0-value]")).to_have_value(re.compile(re.escape(text)))
    open_actions(window)
    window.locator("button[name=action-submit]").click()
    expect(window.locator(".messages .success")).to_be_visible()


def open_actions(window: Page) -> None:
    """The menu beside the editor's main button."""
    window.locator("footer [data-w-dropdown-target=toggle]").last.click()


def approve(window: Page, address: str, page: Any) -> None:
    """A moderator finds the page on the dashboard, opens it and approves it."""
    open_from_dashboard(window, address, page)
    open_actions(window)
    window.locator("button[data-workflow-action-name=approve]").first.click()
    expect(window.locator(".messages .success")).to_be_visible()


def approve_translation(window: Page, address: str, page: Any) -> None:
    open_from_dashboard(window, address, page)
    button = window.get_by_role("button", name="Goedkeuren en publiceren")
    button.click()
    expect(button).to_have_count(0)  # nothing is left to approve


def open_from_dashboard(window: Page, address: str, page: Any) -> None:
    window.goto(f"{address}/admin/")
    window.locator(f"a[href='/admin/pages/{page.pk}/edit/']").first.click()
    window.wait_for_url(f"**/admin/pages/{page.pk}/edit/")


def send_for_translation(window: Page, address: str, page: Any) -> None:
    window.goto(f"{address}/admin/localize/submit/page/{page.pk}/")
    for language in window.locator("input[name=locales]").all():
        language.check()
    window.locator("main form [type=submit]").last.click()
    expect(window.locator(".messages .success")).to_be_visible()


def translate(window: Page, address: str, page: Any, texts: dict[str, str]) -> None:
    """A translator fills in each text and hands the translation in. ``texts``: source to translation."""
    window.goto(f"{address}/admin/pages/{page.pk}/edit/")
    for source, translation in texts.items():
        segment = window.locator("li.incomplete", has=window.get_by_text(source, exact=True))
        segment.get_by_role("button").click()
        segment.locator("textarea").fill(translation)
        segment.get_by_role("button").last.click()
        expect(segment).to_have_count(0)  # it is complete now
    window.locator("button[name=action][value=submit]").click()
    expect(window.locator(".messages .success")).to_be_visible()


def announce(window: Page, address: str, campaign: Any, page: Any) -> None:
    """Campaign staff announce a page in every language it has, and plan it at once."""
    window.goto(f"{address}/admin/campaigns/campaign/{campaign.pk}/")
    window.locator(f"a[href$='/campaign/{campaign.pk}/announce/']").first.click()
    window.locator("[data-chooser-action-choose]").first.click()
    window.locator(".modal-content input[name=q]").fill(page.title)
    window.locator(
        f".modal-content a[data-id='{page.pk}'], .modal-content a.choose-page", has_text=page.title
    ).first.click()
    window.locator("main form button[type=submit]").last.click()
    window.locator("button[name=action-plan]").click()
    expect(window.locator(".messages .success")).to_be_visible()


def visits_on(window: Page) -> Any:
    """The number of visits by short address on a campaign's desk."""
    return window.locator(".c-total__value").first
