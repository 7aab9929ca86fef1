"""Drawing one's own network: by keyboard, on paper, from a file, and never over the wire."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect
from pypdf import PdfReader

from stories.network.choices import Relation
from tests.e2e.conftest import LANGUAGES

pytestmark = pytest.mark.django_db(transaction=True)
A4 = (595, 842)  # points


@pytest.fixture
def address(live_server: Any) -> Any:
    return lambda language="nl", page="my-network": f"{live_server.url}/{language}/{page}/"


def entry(label: str, number: int = 0) -> dict[str, Any]:
    return {
        "label": label,
        "relation": list(Relation)[number % len(Relation)].value,
        "country": ("NL", "DE", "BE", "XX")[number % 4],
        "ring": number % 3 + 1,
        "how_often": "weekly",
        "involved_by_care": "unknown",
        "helped": "mixed",
    }


def map_of(*people: dict[str, Any]) -> bytes:
    return json.dumps({"format": "drieklank-network", "version": 1, "ego": "Mila", "people": people}).encode()


def open_file(page: Page, content: bytes) -> None:
    page.locator("[data-own=file]").set_input_files(
        {"name": "kaart.json", "mimeType": "application/json", "buffer": content}
    )


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def labels_on(page: Page) -> list[str]:
    """The labels in the picture; a long one stands there in several lines."""
    labels = page.locator(".network__wide .label").all()
    return [" ".join(label.locator("tspan").all_text_contents()) for label in labels]


def test_a_map_is_drawn_with_the_keyboard_alone_and_stays_here(address: Any, visit: Any) -> None:
    visitor = visit()
    sent: list[str] = []
    visitor.context.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page = visitor.open(address())
    asked = len(sent)
    browsers_own = f"{address().split('/nl/')[0]}/static/core/img/favicon.svg "  # asked for when it pleases
    page.locator("#own-label").focus()
    page.keyboard.type("Zonnetje")
    press(page, "Tab")
    page.keyboard.type("zelfhulpgroep")  # in a list of choices, typing chooses
    press(page, "Tab")
    page.keyboard.type("Dui")
    press(page, "Tab", "Tab", "ArrowRight", "Tab", "ArrowRight", "Tab", "Tab", "Enter")
    status = page.get_by_role("status").filter(has_text="Zonnetje")
    expect(status).to_have_text("‘Zonnetje’ staat op de kaart.")
    expect(page.locator("#own-label")).to_be_focused()
    row = page.get_by_role("row").filter(has_text="Zonnetje")
    assert row.get_by_role("cell").all_inner_texts()[:6] == [
        "zelfhulpgroep", "Duitsland", "dichtbij", "elke week", "deels", "niet bekend",
    ]  # fmt: skip
    picture = page.get_by_role("img", name="Netwerkkaart")
    expect(picture).to_be_visible()
    assert "1 persoon of organisatie" in str(picture.locator("desc").text_content())

    row.get_by_role("button", name="Wijzigen: Zonnetje").press("Enter")
    expect(page.locator("#own-label")).to_be_focused()
    page.keyboard.type(" Maan")
    press(page, "Enter")
    expect(page.get_by_role("button", name="Wijzigen: Zonnetje Maan")).to_be_focused()
    press(page, "Tab", "Enter")
    expect(page.get_by_role("row").filter(has_text="Zonnetje")).to_have_count(0)
    page.get_by_role("button", name="Terugdraaien").press("Enter")
    assert labels_on(page) == ["Zonnetje Maan"]
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Afdrukken").press("Enter")
    assert page.evaluate("window.printed")
    with page.expect_download() as download:
        page.get_by_role("button", name="Bewaren als bestand").press("Enter")
    assert download.value.suggested_filename == "mijn-netwerk.json"
    assert json.loads(Path(download.value.path()).read_text("utf-8"))["people"][0]["label"] == "Zonnetje Maan"

    meanwhile = [request for request in sent[asked:] if request != browsers_own]
    assert meanwhile == [], "nothing is asked of anybody while somebody draws, saves and prints"
    assert not [request for request in sent if "Zonnetje" in request]
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    assert visitor.context.cookies() == []
    assert visitor.refusals == []


def test_the_browser_itself_refuses_to_send(address: Any, visit: Any) -> None:
    visitor = visit()
    page = visitor.open(address())
    answer = page.evaluate("fetch('/nl/?who=Zonnetje').then(() => 'sent', () => 'refused')")
    assert answer == "refused"
    assert not [url for url in visitor.requests if "Zonnetje" in url]


def test_what_is_missing_is_said_at_its_field(address: Any, visit: Any) -> None:
    page = visit().open(address())
    page.get_by_role("button", name="Op de kaart zetten").click()
    label = page.get_by_role("textbox", name="Wie")
    expect(label).to_be_focused()
    expect(page.locator("#own-label-error")).to_have_text(
        "Vul in wie dit is: een rol of een voornaam is genoeg."
    )
    expect(label).to_have_attribute("aria-invalid", "true")
    label.fill("Anke Jansen")
    page.get_by_role("button", name="Op de kaart zetten").click()
    expect(page.get_by_label("Wat deze persoon voor u is")).to_be_focused()
    expect(page.locator("#own-name-hint")).to_contain_text("een voornaam met een achternaam")
    expect(label).to_have_value("Anke Jansen")


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"x" * 70_000, "Dit bestand is te groot voor een netwerkkaart. Er is niets veranderd."),
        (b"\xff\xd8\xff\xe0", "Dit bestand is geen netwerkkaart die hier is bewaard. Er is niets veranderd."),
        (
            b'{"format": "drieklank-network", "version": 1, "people": [{"label": "<b>"}]}',
            "Nummer 1 in dit bestand is niet volledig. Er is niets veranderd.",
        ),
    ],
    ids=["too large", "a picture", "half a map"],
)
def test_a_file_that_is_no_map_changes_nothing(address: Any, visit: Any, content: bytes, answer: str) -> None:
    page = visit().open(address())
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Een bestand openen").press("Enter")
    chooser.value.set_files({"name": "kaart.json", "mimeType": "", "buffer": map_of(entry("Zonnetje"))})
    expect(page.get_by_role("row")).to_have_count(2)
    open_file(page, content)
    expect(page.get_by_role("status").filter(has_text="veranderd")).to_have_text(answer)
    assert labels_on(page) == ["Zonnetje"]


def test_leaving_with_unsaved_work_asks_first(address: Any, visit: Any) -> None:
    page = visit().open(address())
    page.get_by_role("textbox", name="Wie").fill("Oma")
    page.get_by_label("Wat deze persoon voor u is").select_option("grandparent")
    page.get_by_role("button", name="Op de kaart zetten").click()
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.reload()
    assert asked == ["beforeunload"]
    assert labels_on(page) == []


@pytest.mark.parametrize("size", [0, 3, 24], ids=["nobody", "a few", "as many as there is room for"])
def test_it_prints_on_one_sheet(address: Any, visit: Any, size: int) -> None:
    page = visit().open(address("de"))
    label = "Rehabilitationsberatungsstelle Aachen-Düren Nummer"
    open_file(page, map_of(*[entry(f"{label} {number}", number) for number in range(size)]))
    expect(page.get_by_role("status").filter(has_text="geöffnet")).to_be_visible()
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in sheets] == [A4]
    text = sheets[0].extract_text()
    assert "So lesen Sie die Karte" in text
    assert "Jemanden hinzufügen" not in text
    blank = visit().open(address("fr", "my-network/blank"))
    assert len(PdfReader(BytesIO(blank.pdf(prefer_css_page_size=True))).pages) == 1


def test_without_javascript_a_blank_map_is_offered(address: Any, visit: Any) -> None:
    page = visit(java_script_enabled=False).open(address())
    expect(page.get_by_text("Voor tekenen is hier JavaScript nodig")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)
    page.get_by_role("link", name="Liever op papier").click()
    expect(page.get_by_role("img", name="Netwerkkaart")).to_be_visible()
    expect(page.get_by_role("button", name="Afdrukken")).to_have_count(0)


@pytest.mark.parametrize(
    "window", [{}, {"width": 320, "height": 568, "dark": True}], ids=["wide", "narrow, night"]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    address: Any, visit: Any, window: dict[str, Any]
) -> None:
    faults = []
    people = [entry("Oma"), entry("Rehabilitationsberatungsstelle" * 2, 1)]
    for language in LANGUAGES:
        visitor = visit(**window)
        visitor.open(address(language, "my-network/blank"))
        faults += faults_on(visitor, f"{language}, blank")
        page = visitor.open(address(language))
        open_file(page, map_of(*people))
        page.locator("[data-act=remove]").first.click()
        page.locator("[data-own=submit]").click()
        expect(page.locator("#own-label-error")).to_be_visible()
        faults += faults_on(visitor, language)
    assert faults == []


def faults_on(visitor: Any, name: str) -> list[str]:
    faults = [f"{name}: {fault}" for fault in visitor.accessibility_faults()]
    wide = visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*faults, f"{name}: scrolls sideways"] if wide else faults
