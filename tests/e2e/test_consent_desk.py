"""The desks of moderators and consent officers: axe finds nothing to say, by day and by night, on any screen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from wagtail.users.models import UserProfile

from core.models import User
from stories.consent.actions import TELLER, make_link, officer, review_version, revoke_link, withdraw_story
from stories.consent.cascade.running import run_withdrawal
from stories.consent.dates import today
from stories.consent.models import ConsentRecord, VersionReview
from stories.consent.purposes import Purpose
from stories.consent.versions import digest_of
from stories.models import StoryPage, Theme
from stories.submissions.accepting import accept
from stories.submissions.deciding import assign, decline, write
from stories.submissions.erasing import erase_content
from stories.submissions.models import Submission
from tests.e2e.desks import person, sign_in
from tests.e2e.test_calendar import faults
from tests.factories.consents import agree, consented_story, real_story
from tests.factories.pages import StoryPageFactory, body_of
from tests.stories.submissions.telling import TEXT, Teller, photo, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

DAY = timedelta(days=1)
CHANGES = VersionReview.Decision.CHANGES
LONG = "Krankenversicherungsangelegenheiten"
WINDOWS = {
    "day": ("nl", "light", 1280),
    "night": ("nl", "dark", 1280),
    "phone": ("de", "light", 390),
}
"""Language, theme and width."""

GUARDED = {
    "name": "Noor",
    "birth_date": f"{today().year - 15}-05-04",
    "guardian": "Anneliese Krüger-Vandenbossche",
    "guardian_contact": "anneliese.krueger-vandenbossche@example.org",
}


def two_hats(language: str, theme: str) -> User:
    """Somebody who is a moderator and a consent officer: no other account opens both desks."""
    user = person("mila@example.org", "Moderators", language)
    user.groups.add(Group.objects.get(name="Consent officers"))
    UserProfile.objects.filter(user=user).update(theme=theme)
    return user


def window_of(browser: Browser, address: str, user: User, width: int) -> Page:
    window = sign_in(browser, address, user.email)
    window.set_viewport_size({"width": width, "height": 900})
    return window


def of_consents(user: User) -> list[str]:
    """Every view of consents, each with something in it."""
    story = consented_story(title="Twaalf jaar over de heuvel")
    StoryPageFactory(
        language="de",
        translation_key=story.translation_key,
        is_example=False,
        live=False,
        title=f"Zwölf Jahre über den Hügel, {LONG}",
    )
    record = ConsentRecord.objects.get()
    record.evidence.save("formulier.pdf", ContentFile(b"%PDF-1.7\n"))
    review_version(
        record.pk, "de", digest_of_german(story), CHANGES, TELLER, remark="Meine Schwester\nnicht."
    )
    agree(story, {Purpose.WEB}, role=ConsentRecord.Role.OTHER, is_minor=True, identity=GUARDED)
    links = [make_link(record, officer(user))[0] for __ in range(2)]
    revoke_link(links[0], officer(user))
    gone = consented_story(title="Een verhaal dat weg moet")
    begun = real_story(title="Een verhaal zonder antwoord", body=body_of("Nog niets."))
    agree(begun, ())
    expired = agree(real_story(title=f"Verlopen: {LONG}"))
    ConsentRecord.objects.filter(pk=expired.pk).update(until=today() - DAY, ends_on=today() - DAY)
    withdrawn = ConsentRecord.objects.get(story_key=gone.translation_key)
    withdrawal = withdraw_story(gone.translation_key, TELLER)
    waiting = withdraw_story(consented_story(title="Dit ook").translation_key, officer(user))
    run_withdrawal(withdrawal.pk)
    consents = "/admin/consents"
    return [
        f"{consents}/",
        f"{consents}/add/",
        f"{consents}/story/{story.translation_key}/",
        f"{consents}/story/{gone.translation_key}/",
        f"{consents}/story/{real_story(title='Nieuw').translation_key}/add/",
        f"{consents}/{record.pk}/",
        f"{consents}/{withdrawn.pk}/",
        f"{consents}/{record.pk}/edit/",
        f"{consents}/{record.pk}/link/",
        f"{consents}/{record.pk}/version/de/",
        f"{consents}/{record.pk}/withdraw/",
        f"{consents}/withdrawals/",
        f"{consents}/withdrawals/{withdrawal.pk}/",
        f"{consents}/withdrawals/{waiting.pk}/",
        f"{consents}/texts/",
        f"{consents}/texts/add/?part=web&language=nl",
    ]


def digest_of_german(story: StoryPage) -> str:
    german = StoryPage.objects.get(translation_key=story.translation_key, locale__language_code="de")
    return digest_of(german)


def of_submissions(user: User) -> list[str]:
    """The queue and submissions in every state."""
    cache.clear()
    with_file = Teller.who_begins()
    with_file.fill("file", file=photo())
    talked = with_file.tell(TEXT, "web", "photo", age_band="under-18").send().submission
    assign(talked, user, user)
    write(talked, f"Dank u wel.\n\nHebt u nog vragen over {LONG}?", user)
    write(talked, "Liever schrijven dan bellen.")
    held = Teller.who_begins(website="x").tell().send().submission
    late = sent().submission
    Submission.objects.filter(pk=late.pk).update(
        sent_at=timezone.now() - 80 * DAY, erase_on=today() + 3 * DAY
    )
    made, declined, erased = (sent().submission for __ in range(3))
    accept(made, user)
    decline(declined, "Dank u wel. Wij kunnen er geen verhaal van maken.", user)
    erase_content(erased, Submission.State.EXPIRED)
    desk = "/admin/submissions"
    pages = [f"{desk}/{each.pk}/" for each in (talked, held, late, made, declined, erased)]
    tabs = [f"{desk}/{tab}" for tab in ("", "?tab=held_back", "?tab=decided", "?tab=waiting&mine")]
    return [*tabs, *pages]


@pytest.mark.parametrize("kind", WINDOWS)
def test_the_desks_have_no_accessibility_faults_and_fit_the_screen(
    browser: Browser, live_server: Any, transactional_db: None, kind: str
) -> None:
    language, theme, width = WINDOWS[kind]
    user = two_hats(language, theme)
    window = window_of(browser, live_server.url, user, width)
    found = {}
    for path in [*of_consents(user), *of_submissions(user)]:
        answer = window.goto(live_server.url + path)
        assert answer is not None
        assert (answer.status, window.url) == (200, live_server.url + path)
        found[path] = look(window)
    window.context.close()
    assert {path: seen for path, seen in found.items() if seen} == {}


def look(window: Page, where: str = "#main") -> list[str]:
    """What axe finds, what stands outside of the screen, and icons that nobody gave a size."""
    screen = window.viewport_size
    assert screen is not None
    outside, icons = window.evaluate(
        """width => [
            [...document.querySelectorAll("#main .consent-desk *, #main .submission *, #main .queue *")]
                .filter(one => one.getBoundingClientRect().right > width && !one.closest(".w-sr-only, thead"))
                .map(one => `outside: ${one.outerHTML.slice(0, 100)}`),
            [...document.querySelectorAll("#main .icon")].filter(one => one.getBoundingClientRect().height > 40)
                .map(one => `huge: ${one.parentElement.outerHTML.slice(0, 100)}`),
        ]""",
        screen["width"],
    )
    return [*faults(window, where), *outside, *icons]


# Below the bar with Wagtail's messages: by night its white on red is too pale.
OURS = "#main .consent-desk, #main .submission"


def test_refusals_and_the_link_that_is_shown_once_read_well_too(
    browser: Browser, live_server: Any, transactional_db: None
) -> None:
    user = two_hats("nl", "dark")
    consents, submissions = of_consents(user), of_submissions(user)
    window = window_of(browser, live_server.url, user, 1280)
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    found = []

    window.goto(live_server.url + next(path for path in consents if path.endswith("/link/")))
    window.get_by_role("button", name="Link maken en laten zien").click()
    address = window.get_by_label("Privélink").input_value()
    window.get_by_role("button", name="Kopiëren").click()
    expect(window.locator(".consent-desk__copied")).to_have_text("Gekopieerd")
    assert window.evaluate("navigator.clipboard.readText()") == address
    found += look(window, OURS)

    window.goto(live_server.url + next(path for path in consents if "/story/" in path and "/add/" in path))
    window.get_by_role("button", name="Opslaan").click()
    expect(window.locator(".consent-desk .error-message").first).to_be_visible()
    found += look(window, OURS)

    window.goto(live_server.url + submissions[4])
    window.get_by_role("button", name="Afwijzen").click()
    expect(window.get_by_text("Geef een reden")).to_be_visible()
    found += look(window, OURS)
    window.context.close()
    assert found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_editors_read_above_a_story_has_no_faults(
    browser: Browser, live_server: Any, transactional_db: None, theme: str
) -> None:
    """Consent, safe words and the two approvals. The rest of the editor is Wagtail's."""
    user = two_hats("nl", theme)
    story = real_story(body=body_of("Zij pleegde zelfmoord. Johanna Vermeulen uit Vaals vond haar."))
    story.themes.add(Theme.objects.get(slug="suicide"))
    story.save_revision()
    window = window_of(browser, live_server.url, user, 1280)
    window.goto(f"{live_server.url}/admin/pages/{story.pk}/edit/")
    blocks = window.locator("#main .help-block:visible")
    expect(blocks.first).to_be_visible()
    assert blocks.count() >= 3
    found = faults(window, "#main .help-block")
    window.context.close()
    assert found == []
