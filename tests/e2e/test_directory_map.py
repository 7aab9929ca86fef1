"""The finder's map: nobody is asked anything before the reader asks for it, and the list is as good without."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from drieklank.models import HomePage
from support.geojson import TILE_HOST
from support.models import DirectoryPage, Municipality, SupportService
from support.sample_services import load_services
from tests.e2e.conftest import LANGUAGES, Addresses

SHOW = {
    "nl": "Bekijk deze plekken op een kaart",
    "de": "Diese Orte auf einer Karte zeigen",
    "fr": "Voir ces lieux sur une carte",
}
HIDE = "Kaart verbergen"
EXACT, EXACT_KEY = "Inloophuis Eijsden", "inloophuis-eijsden"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def tile() -> bytes:
    """One grey pixel as PNG, in the place of OpenStreetMap's picture."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(b"\x00\xcc")
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", pixel) + _chunk(b"IEND", b"")


@pytest.fixture
def finders(live_server: Any, transactional_db: None) -> Addresses:
    """The finder's address by language, with the samples and one service that says where exactly it is."""
    load_services()
    exact = SupportService.objects.create(
        key=EXACT_KEY,
        kind="self_help",
        name=EXACT,
        country="NL",
        languages=["nl"],
        latitude=50.7765,
        longitude=5.7103,
        position=1,
    )
    exact.municipalities.set(Municipality.objects.filter(name="Maastricht"))
    exact.save()
    key, made = uuid4(), {}
    for language in LANGUAGES:
        home = HomePage.objects.get(locale__language_code=language)
        page = DirectoryPage(title="Hulp zoeken", slug="hulp", locale=home.locale, translation_key=key)
        made[language] = live_server.url + str(home.add_child(instance=page).url)
    return made


@pytest.fixture
def reader(visit: Any) -> Callable[..., Any]:
    """A window in which OpenStreetMap's server is answered for; ``referers`` is what it would have been told."""

    def new_reader(**options: Any) -> Any:
        visitor = visit(**options)
        visitor.referers = []

        def answer(route: Route) -> None:
            visitor.referers.append(route.request.headers.get("referer", ""))
            route.fulfill(status=200, content_type="image/png", body=tile())

        visitor.context.route(f"{TILE_HOST}/**", answer)
        return visitor

    return new_reader


def strangers(visitor: Any, own: str) -> set[str]:
    """The hosts that were asked for anything, apart from our own."""
    urls = [url for url in visitor.requests if not url.startswith((own, "data:"))]
    return {"/".join(url.split("/")[:3]) for url in urls}


def ask_for_map(page: Page, language: str = "nl") -> Locator:
    page.get_by_role("button", name=SHOW[language]).click()
    area = page.locator(".map")
    expect(area.locator(".map-pin").first).to_be_visible()
    expect(area.locator("img.leaflet-tile-loaded").first).to_be_attached()
    return area


def test_nobody_is_asked_before_the_reader_asks_and_then_only_openstreetmap(
    finders: Addresses, reader: Any, live_server: Any
) -> None:
    visitor = reader()
    page = visitor.open(finders["nl"])
    page.mouse.wheel(0, 2000)
    page.get_by_role("button", name=SHOW["nl"]).hover()
    page.wait_for_load_state("networkidle")
    assert strangers(visitor, live_server.url) == set()
    assert not [url for url in visitor.requests if "leaflet" in url or "geojson" in url]
    expect(page.get_by_text("Zij zien dan uw internetadres")).to_be_visible()
    ask_for_map(page)
    page.get_by_role("button", name="Inzoomen").click()
    page.wait_for_load_state("networkidle")
    assert strangers(visitor, live_server.url) == {TILE_HOST}
    assert set(visitor.referers) == {f"{live_server.url}/"}, "which site it is, and no more"
    assert visitor.refusals == []
    assert visitor.context.cookies() == []
    credit = page.locator(".leaflet-control-attribution")
    expect(credit).to_have_text("© OpenStreetMap-bijdragers")
    assert credit.get_by_role("link").get_attribute("href") == "https://www.openstreetmap.org/copyright"


def test_without_a_script_the_list_is_the_whole_thing(
    finders: Addresses, reader: Any, live_server: Any
) -> None:
    visitor = reader(java_script_enabled=False)
    page = visitor.open(finders["nl"])
    expect(page.locator(".map-panel")).to_be_hidden()
    page.get_by_role("link", name=EXACT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(EXACT)
    page.get_by_role("link", name="Alle plekken waar u terechtkunt").click()
    expect(page).to_have_url(finders["nl"])
    assert strangers(visitor, live_server.url) == set()


def test_the_keyboard_reaches_a_place_its_page_and_the_way_back(finders: Addresses, reader: Any) -> None:
    page = reader().open(f"{finders['nl']}?kind=self_help")
    button = page.get_by_role("button", name=SHOW["nl"])
    button.focus()
    page.keyboard.press("Enter")
    area = page.get_by_role("region", name="Kaart met plekken waar u terechtkunt")
    pin = area.get_by_role("button", name=EXACT)
    expect(pin).to_be_visible()
    for __ in range(6):
        page.keyboard.press("Tab")
        if pin.evaluate("pin => pin === document.activeElement"):
            break
    expect(pin).to_be_focused()
    page.keyboard.press("Enter")
    link = area.get_by_role("link", name=EXACT)
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_have_count(0)
    expect(pin).to_be_focused()
    page.keyboard.press("Space")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{finders['nl']}{EXACT_KEY}/")


def test_a_place_that_is_not_exact_says_so(finders: Addresses, reader: Any) -> None:
    heerlen = Municipality.objects.get(name="Heerlen")
    visitor = reader()
    page = visitor.open(f"{finders['nl']}?municipality={heerlen.pk}")
    area = ask_for_map(page)
    area.locator(".map-pin").first.click()
    popup = area.locator(".map-popup")
    expect(popup).to_contain_text("In het midden van Heerlen, niet het precieze adres")
    expect(popup).to_contain_text("Gemeente, Nederland")
    listed, on_map = page.locator(".directory__count").inner_text(), popup.get_by_role("link").count()
    told = page.locator(".map-panel").get_by_role("status")
    only_in_list = int(str(listed).split()[0]) - on_map
    expect(told).to_contain_text(f"{only_in_list} diensten staan niet op de kaart")
    area.get_by_role("button", name="Sluiten").click()
    expect(popup).to_have_count(0)
    assert visitor.refusals == []


def test_every_place_of_the_answer_is_on_the_map(finders: Addresses, reader: Any, live_server: Any) -> None:
    visitor = reader()
    page = visitor.open(f"{finders['nl']}?language=nl")
    area = ask_for_map(page)
    answer = page.request.get(f"{live_server.url}/api/support/services.geojson?language=nl")
    features = answer.json()["features"]
    counts = [int(text or 1) for text in area.locator(".map-pin").all_inner_texts()]
    assert sum(counts) == len(features) > 5
    boxes: list[Any] = [pin.bounding_box() for pin in area.locator(".map-pin").all()]
    for one in boxes:
        for other in boxes:
            apart = abs(one["x"] - other["x"]) > 20 or abs(one["y"] - other["y"]) > 20
            assert one is other or apart, "no pin hides another"


def test_the_map_goes_and_comes_again(finders: Addresses, reader: Any) -> None:
    page = reader().open(finders["nl"])
    area = ask_for_map(page)
    hide = page.get_by_role("button", name=HIDE)
    expect(hide).to_have_attribute("aria-expanded", "true")
    hide.click()
    expect(area).to_be_hidden()
    expect(page.get_by_role("button", name=SHOW["nl"])).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".service-cards").first).to_be_visible()
    ask_for_map(page)


@pytest.mark.parametrize("broken", ["**/services.geojson*", "**/leaflet.js"])
def test_when_it_fails_one_sentence_says_so_and_the_list_stays(
    finders: Addresses, reader: Any, live_server: Any, broken: str
) -> None:
    visitor = reader()
    visitor.context.route(broken, lambda route: route.fulfill(status=503, body=""))
    page = visitor.open(finders["nl"])
    page.get_by_role("button", name=SHOW["nl"]).click()
    expect(page.locator(".map-panel").get_by_role("status")).to_have_text(
        "De kaart werkt nu niet. In de lijst staat alles."
    )
    expect(page.locator(".map")).to_be_hidden()
    expect(page.locator(".service-cards").first).to_be_visible()
    assert strangers(visitor, live_server.url) == set()
    visitor.context.unroute(broken)
    ask_for_map(page)


def test_where_nothing_has_a_place_no_stranger_is_asked(
    finders: Addresses, reader: Any, live_server: Any
) -> None:
    visitor = reader()
    page = visitor.open(f"{finders['nl']}?kind=crisis_line")
    page.get_by_role("button", name=SHOW["nl"]).click()
    expect(page.locator(".map-panel").get_by_role("status")).to_contain_text("Geen van deze plekken")
    assert strangers(visitor, live_server.url) == set()


@pytest.mark.parametrize(
    "window", [{}, {"dark": True, "width": 320, "height": 640}], ids=["day", "night on a phone"]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    finders: Addresses, reader: Any, window: dict[str, Any]
) -> None:
    visitor = reader(**window)
    faults: list[str] = []

    def look(page: Page, what: str) -> None:
        faults.extend(f"{what}: {fault}" for fault in visitor.accessibility_faults())
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{what} scrolls sideways")

    for language in LANGUAGES:
        page = visitor.open(finders[language])
        look(page, f"{language} finder")
        area = ask_for_map(page, language)
        look(page, f"{language} map")
        area.locator(".map-pin").first.click()
        expect(area.locator(".map-popup")).to_be_visible()
        look(page, f"{language} place")
        for key in ("maastricht", "ggd-zuid-limburg", "luisterlijn", "112", EXACT_KEY):
            look(visitor.open(f"{finders[language]}{key}/"), f"{language} {key}")
    assert faults == []


def test_the_language_switch_leads_to_the_same_service(finders: Addresses, reader: Any) -> None:
    page = reader().open(f"{finders['nl']}{EXACT_KEY}/")
    page.get_by_role("navigation", name="Taal").get_by_role("link", name=re.compile("Deutsch")).click()
    expect(page).to_have_url(f"{finders['de']}{EXACT_KEY}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(EXACT)


def test_on_paper_there_is_no_map(finders: Addresses, reader: Any) -> None:
    page = reader().open(finders["nl"])
    area = ask_for_map(page)
    page.emulate_media(media="print")
    expect(area).to_be_hidden()
    expect(page.get_by_role("button", name=HIDE)).to_be_hidden()
    expect(page.locator(".service-cards").first).to_be_visible()
