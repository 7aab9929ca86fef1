"""An info sheet in a browser: countries by choice, an answer, the voice; with JavaScript and without."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from factsheets.models import EasyReadPage, SheetAnswer
from tests.factories.facts import make_fact
from tests.factories.pages import FactsheetPageFactory

VOICE = """
(() => {
  const spoken = [];
  const tongues = [];
  const voices = VOICES;
  let waiting = null;
  const speech = {
    getVoices: () => voices,
    speak(utterance) { spoken.push(utterance.text); tongues.push(utterance.lang); waiting = utterance; utterance.onstart?.(); },
    pause() {}, resume() {}, cancel() { waiting = null; },
    addEventListener() {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech, configurable: true });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.heard = () => spoken;
  window.heardIn = () => tongues;
  window.sayOn = () => { const done = waiting; waiting = null; done?.onend?.(); };
})();
"""
DUTCH = '[{ lang: "nl-NL", name: "Nederlands", localService: true }]'
GERMAN = '[{ lang: "de-DE", name: "Deutsch", localService: true }]'


def paragraphs(*texts: str) -> list[str]:
    return [f"<p>{text}</p>" for text in texts]


@pytest.fixture
def sheet(live_server: Any, transactional_db: None) -> Any:
    """A sheet with every kind of block."""
    make_fact()
    row = {
        "question": "Wat betaalt u zelf?",
        "nl": "<p>Tot {fact:own_risk_nl} per jaar.</p>",
        "de": "<p>Niets.</p>",
        "be": "<p>Een klein bedrag.</p>",
        "be_flanders": "<p>In Vlaanderen ook bij het CGG.</p>",
    }
    body = [
        {"type": "warning", "value": {"title": "Gevaar?", "text": "<p>Bel 112.</p>"}},
        {"type": "heading", "value": "Zo begint u"},
        {
            "type": "steps",
            "value": {"title": "", "steps": paragraphs("Vertel het iemand.", "Bel de huisarts.")},
        },
        {"type": "heading", "value": "De landen"},
        {"type": "country_comparison", "value": {"title": "Kosten", "rows": [row]}},
        {"type": "country_section", "value": {"country": "BE", "title": "In België", "text": "<p>Zo.</p>"}},
        {
            "type": "country_section",
            "value": {"country": "DE", "title": "In Duitsland", "text": "<p>So.</p>"},
        },
        {"type": "do_and_dont", "value": {"do": paragraphs("Vraag het."), "dont": paragraphs("Wacht niet.")}},
        {
            "type": "questions",
            "value": {"questions": [{"question": "Duurt het lang?", "answer": "<p>Soms.</p>"}]},
        },
        {
            "type": "form",
            "value": {"kind": "S1", "text": "<p>Zorg in twee landen.</p>", "where": "<p>Vraag het.</p>"},
        },
        {"type": "contact", "value": {"name": "113", "text": "Praten.", "phone": "0800-0113"}},
    ]
    page = FactsheetPageFactory(
        title="Hulp over de grens",
        body=body,
        in_short=[{"type": "sentence", "value": "Begin dichtbij."}],
        uncertain=[{"type": "point", "value": "Of het bedrag blijft."}],
        aim="U weet waar u begint.",
        for_whom="Iedereen aan de grens",
    )
    page.save_revision().publish()
    return page


def countries_on(page: Page) -> list[str]:
    return page.locator(".comparison .country__name").all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_the_readers_countries_come_first_at_an_address_to_share(
    sheet: Any, live_server: Any, visit: Any, scripts: bool
) -> None:
    visitor = visit(java_script_enabled=scripts)
    page = visitor.open(live_server.url + sheet.get_url())
    assert countries_on(page) == ["Nederland", "Duitsland", "België"]
    page.get_by_label("Waar woont u?").select_option("België")
    page.get_by_label("Waar bent u verzekerd?").select_option("Duitsland")
    page.get_by_role("button", name="Mijn landen vooraan").click()
    expect(page).to_have_url(re.compile(r"\?live=BE&work=&insured=DE#countries$"))
    assert countries_on(page) == ["Duitsland", "België", "Nederland"]
    sections = page.locator(".block-country_section h3").all_inner_texts()
    assert sections == ["In Duitsland", "In België"]
    expect(page.locator(".comparison .country").first).to_contain_text("U bent hier verzekerd")
    friend = visit(java_script_enabled=scripts).open(page.url)
    assert countries_on(friend) == ["Duitsland", "België", "Nederland"]
    page.get_by_role("link", name="Niets kiezen").click()
    expect(page).not_to_have_url(re.compile("insured=DE"))
    assert countries_on(page) == ["Nederland", "Duitsland", "België"]
    assert visitor.context.cookies() == []


@pytest.mark.parametrize(
    "window", [{}, {"dark": True}, {"width": 360, "height": 640}], ids=["day", "night", "phone"]
)
def test_axe_finds_nothing_on_a_sheet_with_every_block(
    sheet: Any, live_server: Any, visit: Any, window: dict[str, Any]
) -> None:
    easy = EasyReadPage(title="Hulp zoeken", slug="makkelijk", body=sheet.body.raw_data[:3])
    sheet.add_child(instance=easy)
    visitor = visit(**window)
    visitor.context.add_init_script(VOICE.replace("VOICES", DUTCH))
    faults = []
    for address in (
        sheet.get_url() + "?live=BE&insured=NL",
        sheet.get_url() + "?answered=yes",
        easy.get_url(),
    ):
        visitor.open(live_server.url + address)
        faults += visitor.accessibility_faults()
    assert faults == []
    assert visitor.refusals == []


def test_nothing_scrolls_sideways_at_320_pixels(sheet: Any, live_server: Any, visit: Any) -> None:
    page = visit(width=320, height=568).open(
        live_server.url + sheet.get_url() + "?live=BE&work=DE&insured=NL"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_reader_answers(sheet: Any, live_server: Any, visit: Any, scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    page = visitor.open(live_server.url + sheet.get_url())
    page.get_by_role("radio", name="Nee").check()
    page.get_by_label("Wat was goed, of wat ontbrak?").fill("Genk ontbreekt.")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", name="Dank u voor uw antwoord")).to_be_visible()
    assert [(answer.helped, answer.text) for answer in SheetAnswer.objects.all()] == [
        (False, "Genk ontbreekt.")
    ]
    assert visitor.context.cookies() == []


def test_the_page_is_read_aloud_and_what_is_read_is_marked(sheet: Any, live_server: Any, visit: Any) -> None:
    visitor = visit()
    visitor.context.add_init_script(VOICE.replace("VOICES", DUTCH))
    page = visitor.open(live_server.url + sheet.get_url())
    page.get_by_role("button", name="Deze pagina beluisteren").click()
    marked = page.locator(".is-being-read")
    expect(marked).to_have_text("Hulp over de grens")
    while marked.inner_text() != "Bel 112.":
        page.evaluate("sayOn()")
    heard = page.evaluate("heard()")
    assert heard[0] == "Hulp over de grens"
    assert heard[-1] == "Bel 112."
    assert not [text for text in heard if "Downloaden" in text], "controls are not read"
    page.get_by_role("button", name="Pauze").click()
    expect(page.get_by_role("button", name="Verder")).to_be_visible()
    page.get_by_role("button", name="Stoppen").click()
    expect(marked).to_have_count(0)
    expect(page.get_by_role("button", name="Deze pagina beluisteren")).to_be_visible()


@pytest.mark.parametrize(
    ("voices", "scripts"),
    [("[]", True), (GERMAN, True), (DUTCH, False)],
    ids=["none", "foreign", "no script"],
)
def test_without_a_voice_of_the_language_or_a_script_nothing_is_offered(
    sheet: Any, live_server: Any, visit: Any, voices: str, scripts: bool
) -> None:
    visitor = visit(java_script_enabled=scripts)
    visitor.context.add_init_script(VOICE.replace("VOICES", voices))
    page = visitor.open(live_server.url + sheet.get_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Hulp over de grens")
    expect(page.get_by_role("button", name="Deze pagina beluisteren")).to_be_hidden()


def test_on_paper_there_is_the_text_and_nothing_to_click(sheet: Any, live_server: Any, visit: Any) -> None:
    page = visit().open(live_server.url + sheet.get_url())
    page.emulate_media(media="print")
    expect(page.get_by_text("Bel de huisarts.")).to_be_visible()
    expect(page.get_by_role("button", name="Versturen")).to_be_hidden()
    expect(page.get_by_role("button", name="Mijn landen vooraan")).to_be_hidden()
    expect(page.get_by_role("link", name="Downloaden als pdf")).to_be_hidden()


def test_the_pdf_is_one_click_away(sheet: Any, live_server: Any, visit: Any) -> None:
    page = visit().open(live_server.url + sheet.get_url() + "?insured=DE")
    address = page.get_by_role("link", name="Downloaden als pdf").get_attribute("href")
    response = page.request.get(live_server.url + str(address))
    assert response.headers["content-type"] == "application/pdf"
    assert response.body().startswith(b"%PDF-1.7")
