"""The finder, the care routes and the glossary: for everybody, on any screen, with and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from wagtail.models import Page

from drieklank.models import HomePage
from support.models import CareRoutePage, DirectoryPage, GlossaryPage, Municipality
from support.sample_pages import load_care_advice, load_glossary
from support.sample_services import load_services
from tests.e2e.conftest import LANGUAGES, Addresses

SITUATION = "?question=therapy&age=24_up&lives=NL&works=DE&insured=DE"
CRISIS = "?question=crisis&age=24_up&lives=BE&works=BE&insured=BE"
NO_MATCH = "?theme=rights&kind=self_help&language=uk"

Rooms = Callable[[str], Addresses]
SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])

WORDS = {
    "nl": {
        "find": "Hulp zoeken",
        "show": "Toon de weg",
        "wider": "Zoek verder:",
        "first": "Eerste stap",
        "source": "Bron: Kassenärztliche Bundesvereinigung",
        "gp": "huisarts",
        "none": "geen tegenhanger",
    },
    "de": {
        "find": "Hilfe finden",
        "show": "Weg zeigen",
        "wider": "Suchen Sie weiter:",
        "first": "Erster Schritt",
        "source": "Quelle: Kassenärztliche Bundesvereinigung",
        "gp": "Hausarzt, Hausärztin",
        "none": "keine Entsprechung",
    },
    "fr": {
        "find": "Trouver de l’aide",
        "show": "Montrer le chemin",
        "wider": "Cherchez plus loin :",
        "first": "Première étape",
        "source": "Source : Kassenärztliche Bundesvereinigung",
        "gp": "médecin généraliste",
        "none": "pas d’équivalent",
    },
}


@pytest.fixture
def rooms(live_server: Any, transactional_db: None) -> Rooms:
    """The pages of the directory in each language; answers their addresses in one of them."""
    load_services()
    load_care_advice()
    load_glossary()
    keys = {model: uuid4() for model in (DirectoryPage, CareRoutePage, GlossaryPage)}
    made: dict[str, Addresses] = {}
    for language in LANGUAGES:
        home = HomePage.objects.get(locale__language_code=language)

        def address(model: type[Page], home: HomePage = home) -> str:
            title = str(model._meta.verbose_name).capitalize()
            page = model(title=title, locale=home.locale, translation_key=keys[model])
            return live_server.url + str(home.add_child(instance=page).url)

        finder, route, words = (address(model) for model in keys)
        made[language] = {
            "finder": finder,
            "no match": finder + NO_MATCH,
            "route": route,
            "answer": route + SITUATION,
            "crisis": route + CRISIS,
            "glossary": words,
        }
    return made.__getitem__


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(rooms: Rooms, visit: Any, dark: bool) -> None:
    visitor, faults = visit(width=320, height=640, dark=dark), []
    for language in LANGUAGES:
        for kind, url in rooms(language).items():
            page = visitor.open(url)
            faults += [f"{language} {kind}: {fault}" for fault in visitor.accessibility_faults()]
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                faults.append(f"{language} {kind} scrolls sideways")
    assert faults == []
    assert visitor.refusals == []
    assert visitor.context.cookies() == []


@SCRIPTS
def test_somebody_finds_help_at_an_address_to_share(rooms: Rooms, visit: Any, script: bool) -> None:
    visitor, friend = visit(java_script_enabled=script), visit(java_script_enabled=script)
    aachen = str(Municipality.objects.get(name="Aachen").pk)
    for language in LANGUAGES:
        page = visitor.open(rooms(language)["finder"])
        page.select_option("#finder-country", "DE")
        page.select_option("#finder-municipality", aachen)
        page.locator(".finder").get_by_role("button", name=WORDS[language]["find"]).click()
        expect(page).to_have_url(re.compile("country=DE"))
        found = page.locator(".service-cards").first
        expect(found).to_contain_text("TelefonSeelsorge")
        expect(found).not_to_contain_text("Zelfmoordlijn 1813")
        names = page.locator(".service__name").all_inner_texts()
        assert friend.open(page.url).locator(".service__name").all_inner_texts() == names


@SCRIPTS
def test_where_nothing_fits_the_next_step_is_one_click_away(rooms: Rooms, visit: Any, script: bool) -> None:
    visitor = visit(java_script_enabled=script)
    for language in LANGUAGES:
        page = visitor.open(rooms(language)["no match"])
        expect(page.locator(".service-cards").first).to_contain_text("112")
        page.locator(".notice", has_text=WORDS[language]["wider"]).get_by_role("link").first.click()
        expect(page).not_to_have_url(re.compile("language=uk"))


@SCRIPTS
def test_a_way_names_first_step_source_and_what_is_not_certain(
    rooms: Rooms, visit: Any, script: bool
) -> None:
    visitor = visit(java_script_enabled=script)
    for language in LANGUAGES:
        words = WORDS[language]
        page = visitor.open(rooms(language)["route"])
        for name, value in (part.split("=") for part in SITUATION[1:].split("&")):
            page.select_option(f"#finder-{name}", value)
        page.get_by_role("button", name=words["show"]).click()
        expect(page).to_have_url(re.compile(r"insured=DE#route$"))
        first = page.locator(".route-part").first
        expect(first.get_by_role("heading")).to_have_text(words["first"])
        expect(first).to_contain_text("116 117")
        expect(first).to_contain_text(words["source"])
        expect(page.locator(".route-advice--doubt").first).to_be_visible()
        visitor.open(rooms(language)["crisis"])
        lines, advice = page.locator("#route .service-cards").first, page.locator(".route-part").first
        expect(lines).to_contain_text("1813")
        assert lines.bounding_box()["y"] < advice.bounding_box()["y"], "in a crisis help lines come first"


@SCRIPTS
def test_a_word_stands_at_an_address_of_its_own(rooms: Rooms, visit: Any, script: bool) -> None:
    visitor = visit(java_script_enabled=script)
    for language in LANGUAGES:
        words = WORDS[language]
        page = visitor.open(rooms(language)["glossary"] + "#poh-ggz")
        expect(page.locator("#poh-ggz")).to_be_in_viewport()
        expect(page.locator("#poh-ggz")).to_contain_text(words["none"])
        page.locator(".glossary__index").get_by_role("link", name=words["gp"], exact=True).click()
        expect(page.locator("#gp")).to_be_in_viewport()
        expect(page.locator("#gp").get_by_role("heading")).to_have_text(words["gp"])
