"""A page of every kind in three languages, and a browser that is asked what it saw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import wagtail_factories
from playwright.sync_api import Browser, BrowserContext, Page, Request
from wagtail.models import Page as WagtailPage
from wagtail.models import Site

from campaigns.models import CampaignPage, PlatformPost
from campaigns.states import Status
from core.models import SiteSettings
from drieklank.models import HomePage
from factsheets.models import FactsheetIndexPage
from stories.models import StoryIndexPage, Theme
from support.choices import Kind
from support.models import Phone, SupportService
from tests.conftest import REQUIRE_ALL
from tests.factories.campaigns import CampaignFactory, SocialAccountFactory, scheduled
from tests.factories.pages import FactsheetPageFactory, StandardPageFactory, StoryPageFactory
from tests.factories.stories import network_person

AXE = Path(__file__).parent / "axe" / "node_modules" / "axe-core" / "axe.min.js"
LANGUAGES = ("nl", "de", "fr")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe_source() -> str:
    if not AXE.exists():
        reason = "axe is missing: run tests/e2e/axe/install"
        pytest.fail(reason) if REQUIRE_ALL else pytest.skip(reason)
    return AXE.read_text(encoding="utf-8")


@dataclass
class Visitor:
    """A browser window with a memory of what it asked for and what it was refused."""

    context: BrowserContext
    page: Page
    requests: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def open(self, url: str) -> Page:
        self.page.goto(url, wait_until="load")
        return self.page

    def accessibility_faults(self) -> list[str]:
        """What axe finds on the open page, one line per fault."""
        # Evaluated from outside: the page's own policy would refuse an inline script.
        self.page.evaluate(axe_source())
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{violation['id']}: {violation['help']}: {node['html'][:160]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]


@pytest.fixture
def visit(browser: Browser) -> Any:
    """Opens windows: ``visit(width=320, dark=True)``."""
    contexts = []

    def new_visitor(*, width: int = 1280, height: int = 800, dark: bool = False, **options: Any) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        visitor = Visitor(context, context.new_page())

        def remember(request: Request) -> None:
            visitor.requests.append(request.url)

        context.on("request", remember)
        visitor.page.on(
            "console",
            lambda message: (
                visitor.refusals.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        return visitor

    yield new_visitor
    for context in contexts:
        context.close()


Addresses = dict[str, str]  # of the pages of one language, by kind


@pytest.fixture
def pages(live_server: Any, transactional_db: None) -> Callable[[str], Addresses]:
    """A page of every kind in each language; answers their addresses in one of them, by kind."""
    keys = {kind: uuid4() for kind in ("story", "sheet", "about", "help", "campaign")}
    image = wagtail_factories.ImageFactory(file__width=1600, file__height=1067, credit="Drieklank")
    campaign = CampaignFactory(name="Limburg Openhartig", brand_colour="#c2410c", aim="Praten helpt.")
    made: dict[str, Addresses] = {}
    _help_line()
    for language in LANGUAGES:
        home = HomePage.objects.get(locale__language_code=language)
        story = StoryPageFactory(
            language=language,
            translation_key=keys["story"],
            title="Twaalf jaar over de heuvel",
            is_example=True,
            share_image=image,
            share_image_alt="Een heuvel in het ochtendlicht",
            body=_story_body(image, home),
            content_notes=[{"type": "point", "value": "Verlies van een naaste"}],
        )
        story.themes.add(*Theme.objects.filter(slug__in=["caring", "language"]))
        story.people = [
            network_person("Mijn zus", locale=home.locale),
            network_person("Anke, collega", relation="colleague", country="DE", ring=2, locale=home.locale),
        ]
        story.save()
        StoryPageFactory(language=language, title="Een ander verhaal")
        sheet = FactsheetPageFactory(language=language, translation_key=keys["sheet"], body=_sheet_body())
        sheet.save_revision().publish()
        about = StandardPageFactory(language=language, translation_key=keys["about"], intro="Wie wij zijn.")
        help_page = StandardPageFactory(
            language=language, translation_key=keys["help"], title="Nu hulp nodig?"
        )
        home.headline = "Zorgen stoppen niet bij de grens. Steun ook niet."
        home.doors = [
            (
                "door",
                {"title": "Verhalen", "text": "Lees mee.", "link_text": "Lees", "page": story.get_parent()},
            )
        ]
        home.save_revision().publish()
        updates = _campaign_page(home, campaign, keys["campaign"], image, story)
        pages: dict[str, WagtailPage] = {
            "home": home,
            "story index": StoryIndexPage.objects.get(locale=home.locale),
            "story": story,
            "sheet index": FactsheetIndexPage.objects.get(locale=home.locale),
            "sheet": sheet,
            "standard page": about,
            "help": help_page,
            "updates": updates,
        }
        made[language] = {kind: f"{live_server.url}{page.get_url()}" for kind, page in pages.items()}
        made[language]["not found"] = f"{live_server.url}/{language}/nergens/"
        made[language]["search"] = f"{live_server.url}/{language}/search/?q=heuvel"
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(
        site=site,
        defaults={
            "help_page": WagtailPage.objects.get(translation_key=keys["help"], locale__language_code="nl")
        },
    )
    return made.__getitem__


def _help_line() -> None:
    line = SupportService.objects.create(
        key="lijn",
        kind=Kind.HELP_LINE,
        name="De Luisterlijn",
        country="NL",
        languages=["nl", "de", "fr"],
        hours="Mo-Fr 09:00-17:00",
        site="https://luisterlijn.example.org",
        has_chat=True,
    )
    Phone.objects.create(service=line, number="088 0767 000")


def _story_body(image: Any, target: WagtailPage) -> list[dict[str, Any]]:
    return [
        {"type": "text", "value": "<p>Iedere ochtend fietst ze <b>over de heuvel</b>.</p>"},
        {"type": "heading", "value": "De brug"},
        {"type": "quote", "value": {"quote": "Ik hoefde het niet alleen te doen.", "attribution": "Marijke"}},
        {
            "type": "image",
            "value": {"image": image.pk, "alt_text": "Een brug over de Maas", "caption": "De brug"},
        },
        {
            "type": "call_to_action",
            "value": {"text": "Verder lezen?", "button": "Ga verder", "page": target.pk},
        },
    ]


def _sheet_body() -> list[dict[str, Any]]:
    body = []
    for country in ("Nederland", "Duitsland", "België"):
        body += [
            {"type": "heading", "value": f"In {country}"},
            {"type": "text", "value": "<p>Begin bij de huisarts.</p><ul><li>Neem uw pas mee.</li></ul>"},
        ]
    return body


def _campaign_page(home: HomePage, campaign: Any, key: Any, image: Any, story: WagtailPage) -> CampaignPage:
    page = CampaignPage(
        title="Limburg Openhartig",
        summary="Praten over wat u bezighoudt.",
        campaign=campaign,
        locale=home.locale,
        translation_key=key,
    )
    home.add_child(instance=page)
    language = home.locale.language_code
    account = SocialAccountFactory(provider="website", language=language, name="drieklank")
    message = scheduled(
        account, campaign=campaign, language=language, page=story, image=image, image_alt="Een heuvel"
    )
    PlatformPost.objects.filter(pk=message.pk).update(
        status=Status.PUBLISHED, published_at=datetime(2026, 11, 21, 10, tzinfo=UTC)
    )
    return page
