"""A sheet in each language: countries by choice, the voice of that language, words explained; with a script and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from drieklank.models import HomePage
from support.models import GlossaryPage
from support.sample_pages import load_glossary
from tests.e2e.conftest import LANGUAGES
from tests.e2e.test_info_sheet import VOICE
from tests.factories.facts import make_fact
from tests.factories.pages import FactsheetPageFactory

SheetIn = Callable[[str], str]
SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
WORDS = {
    "nl": {
        "countries": ["Nederland", "Duitsland", "België"],
        "mine": "Mijn landen vooraan",
        "insured": "U bent hier verzekerd",
        "clear": "Niets kiezen",
        "listen": "Deze pagina beluisteren",
        "pause": "Pauze",
        "stop": "Stoppen",
        "amount": "€ 385",
        "gp": "huisarts",
        "explained": "Vaak de eerste stap",
    },
    "de": {
        "countries": ["Niederlande", "Deutschland", "Belgien"],
        "mine": "Meine Länder zuerst",
        "insured": "Hier sind Sie versichert",
        "clear": "Auswahl aufheben",
        "listen": "Diese Seite anhören",
        "pause": "Pause",
        "stop": "Beenden",
        "amount": "385 €",
        "gp": "Hausarzt, Hausärztin",
        "explained": "Oft der erste Schritt",
    },
    "fr": {
        "countries": ["Pays-Bas", "Allemagne", "Belgique"],
        "mine": "Mes pays d’abord",
        "insured": "Vous êtes assuré·e ici",
        "clear": "Ne rien choisir",
        "listen": "Écouter cette page",
        "pause": "Pause",
        "stop": "Arrêter",
        "amount": "385 €",
        "gp": "médecin généraliste",
        "explained": "Souvent la première étape",
    },
}


@pytest.fixture
def sheet_in(live_server: Any, transactional_db: None) -> SheetIn:
    """The address of a sheet in a language, with a comparison, an amount and a word of the glossary."""
    make_fact()
    load_glossary()
    row = {"question": "?", "nl": "<p>{fact:own_risk_nl}</p>", "de": "<p>0</p>", "be": "<p>11</p>"}
    body = [
        {"type": "text", "value": "<p>{term:gp}.</p>"},
        {"type": "country_comparison", "value": {"title": "NL, DE, BE", "rows": [row]}},
    ]

    def address(language: str) -> str:
        home = HomePage.objects.get(locale__language_code=language)
        home.add_child(instance=GlossaryPage(title="ABC", slug="abc", locale=home.locale))
        page = FactsheetPageFactory(language=language, title="Drieklank", summary="", body=body)
        page.save_revision().publish()
        return f"{live_server.url}{page.get_url()}"

    return address


@SCRIPTS
def test_the_readers_countries_come_first(sheet_in: SheetIn, visit: Any, script: bool) -> None:
    visitor, friend = visit(java_script_enabled=script), visit(java_script_enabled=script)
    for language in LANGUAGES:
        words = WORDS[language]
        nl, de, be = words["countries"]
        page = visitor.open(sheet_in(language))
        names = page.locator(".comparison .country__name")
        expect(names).to_have_text([nl, de, be])
        expect(page.locator(".comparison")).to_contain_text(words["amount"])
        page.select_option("#live", "BE")
        page.select_option("#insured", "DE")
        page.get_by_role("button", name=words["mine"]).click()
        expect(page).to_have_url(re.compile(r"\?live=BE&work=&insured=DE#countries$"))
        expect(names).to_have_text([de, be, nl])
        expect(page.locator(".comparison .country").first).to_contain_text(words["insured"])
        shared = friend.open(page.url).locator(".comparison .country__name")
        expect(shared).to_have_text([de, be, nl])
        page.get_by_role("link", name=words["clear"]).click()
        expect(names).to_have_text([nl, de, be])
    assert visitor.context.cookies() == []


def test_a_voice_of_the_language_reads_the_page(sheet_in: SheetIn, visit: Any) -> None:
    voices = '[{ lang: "nl-NL" }, { lang: "de-DE" }, { lang: "fr-FR" }]'
    visitor, mute = visit(), visit(java_script_enabled=False)
    visitor.context.add_init_script(VOICE.replace("VOICES", voices))
    for language in LANGUAGES:
        words, address = WORDS[language], sheet_in(language)
        page = visitor.open(address)
        page.get_by_role("button", name=words["listen"]).click()
        expect(page.locator(".is-being-read")).to_have_text("Drieklank")
        page.get_by_role("button", name=words["pause"], exact=True).click()
        page.get_by_role("button", name=words["stop"]).click()
        expect(page.locator(".is-being-read")).to_have_count(0)
        assert set(page.evaluate("heardIn()")) == {language}
        expect(mute.open(address).get_by_role("button", name=words["listen"])).to_be_hidden()


@SCRIPTS
def test_a_word_of_care_explains_itself(sheet_in: SheetIn, visit: Any, script: bool) -> None:
    visitor = visit(java_script_enabled=script)
    for language in LANGUAGES:
        words = WORDS[language]
        page = visitor.open(sheet_in(language))
        hint = page.get_by_role("link", name=words["gp"], exact=True)
        expect(hint).to_have_attribute("title", re.compile(str(words["explained"])))
        hint.click()
        expect(page).to_have_url(re.compile(rf"/{language}/abc/#gp$"))
        expect(page.locator("#gp")).to_contain_text(words["explained"])


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(sheet_in: SheetIn, visit: Any, dark: bool) -> None:
    visitor = visit(width=320, height=640, dark=dark)
    for language in LANGUAGES:
        page = visitor.open(sheet_in(language) + "?live=BE&insured=NL")
        assert visitor.accessibility_faults() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert visitor.refusals == []
