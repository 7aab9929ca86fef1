from __future__ import annotations

import io
import time
from datetime import date
from typing import Any

import pikepdf
import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from factsheets.models import FactsheetPage, PrintedSheet
from factsheets.printing.storing import stale_sheets
from factsheets.sample_sheets import draft_sheets, load_facts, load_sheets
from factsheets.ticking import print_stale_sheets, tick
from support.models import GlossaryTerm
from support.sample_pages import load_glossary
from tests.factories.facts import add_period, make_fact
from tests.factories.pages import FactsheetPageFactory, body_of
from tests.factsheets.printed import structure
from tests.support.files import service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel("2026-11-21 12:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def samples(commit: Any) -> None:
    load_facts()
    with commit():
        load_sheets(draft_sheets())


def download(client: Client, page: Any, path: str = "pdf/") -> bytes:
    response = client.get(page.url + path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return b"".join(response.streaming_content)


def words_of(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("path", ["pdf/", "pdf/referral/"])
def test_a_professional_gets_the_sheet_and_a_page_to_refer_with(
    samples: None, client: Client, path: str
) -> None:
    page = FactsheetPage.objects.get(audience="professional", locale__language_code="de")
    content = download(client, page, path)
    pages = len(PdfReader(io.BytesIO(content)).pages)
    assert (pages == 1) == (path == "pdf/referral/")
    assert "Seite 1 von" in words_of(content)


def test_citizens_have_no_referral_sheet(samples: None, client: Client) -> None:
    page = FactsheetPage.objects.get(audience="citizen", locale__language_code="nl")
    assert client.get(page.url + "pdf/referral/").status_code == 404


def test_the_countries_of_the_reader_come_first_on_paper_too(samples: None, client: Client) -> None:
    page = FactsheetPage.objects.get(audience="citizen", locale__language_code="nl")
    assert "Landen in deze volgorde: België, Duitsland, Nederland" in words_of(
        download(client, page, "pdf/?insured=BE&live=DE")
    )


def test_one_sheet_is_set_in_less_than_a_second(samples: None) -> None:
    from factsheets.countries import Country
    from factsheets.printing.document import SheetDocument
    from factsheets.printing.typesetting import typeset

    page = FactsheetPage.objects.get(audience="professional", locale__language_code="fr")
    spent = []
    for __ in range(3):
        start = time.process_time()
        document = SheetDocument(page, tuple(Country))
        typeset(document.values(), document.pictures)
        spent.append(time.process_time() - start)
    assert min(spent) < 1


# --- never stale ------------------------------------------------------------------------------------


def publish(commit: Any, **fields: Any) -> Any:
    with commit():
        page = FactsheetPageFactory(**fields)
        page.save_revision().publish()
    return page


def test_a_changed_text_is_never_handed_out_as_it_was(client: Client, commit: Any) -> None:
    page = publish(commit, body=body_of("Ga naar de huisarts."))
    assert "Ga naar de huisarts." in words_of(download(client, page))
    page.body = body_of("Ga naar het wijkteam.")
    page.save_revision().publish()  # and the worker has not come to it yet
    response = client.get(page.url + "pdf/")
    assert response.status_code == 503
    assert "De pdf wordt gemaakt" in response.content.decode()
    assert stale_sheets() == [page.pk]
    print_stale_sheets()
    assert "Ga naar het wijkteam." in words_of(download(client, page))


def test_a_pdf_stops_claiming_to_be_valid_when_an_amount_ended(
    client: Client, commit: Any, november: Any
) -> None:
    with commit():
        fact = make_fact(until=date(2026, 12, 31))
    page = publish(commit, body=body_of("Het is {fact:own_risk_nl}."))
    words = words_of(download(client, page))
    assert "€ 385" in words
    assert "Geldig tot en met 31 december 2026" in words
    november.move_to("2027-01-01 00:00+01:00")
    assert client.get(page.url + "pdf/").status_code == 503
    with commit():
        tick()
    words = words_of(download(client, page))
    assert "gold tot en met 31 december 2026" in words
    assert "Geldig tot en met" not in words
    with commit():
        add_period(fact, value="460", since=date(2027, 1, 1))
    assert "€ 460" in words_of(download(client, page))


def test_a_changed_word_of_the_glossary_is_printed_at_once(client: Client, commit: Any) -> None:
    load_glossary()
    words = [{"type": "text", "value": "<p>Bel uw {term:gp}.</p>"}]
    page = publish(commit, body=words)
    assert "Bel uw huisarts." in words_of(download(client, page))
    term = GlossaryTerm.objects.get(key="gp")
    term.term_nl = "buurtdokter"
    with commit():
        term.save()
        assert client.get(page.url + "pdf/").status_code == 503, "the old word is never handed out"
    assert "Bel uw buurtdokter." in words_of(download(client, page))


def test_a_changed_service_is_printed_at_once_and_nothing_else_is(client: Client, commit: Any) -> None:
    helper = service("ggd", name="GGD Voorbeeld")
    page = publish(commit, body=[{"type": "service", "value": {"service": helper.pk}}])
    other = publish(commit, slug="iets-anders")
    untouched = other.printed.get().file.name
    assert "GGD Voorbeeld" in words_of(download(client, page))
    helper.name = "GGD Elders"
    with commit():
        helper.save()
    assert "GGD Elders" in words_of(download(client, page))
    assert other.printed.get().file.name == untouched


def test_an_overdue_review_stands_on_paper(client: Client, commit: Any, november: Any) -> None:
    page = publish(commit)
    november.move_to("2027-11-21 00:00+01:00")
    assert client.get(page.url + "pdf/").status_code == 503
    print_stale_sheets()
    words = words_of(download(client, page))
    assert "Dit blad is misschien verouderd" in words
    assert "Geldig tot en met" not in words


def test_a_sheet_taken_offline_leaves_no_pdf(commit: Any) -> None:
    page = publish(commit)
    file = page.printed.get().file
    with commit():
        page.unpublish()
    assert not PrintedSheet.objects.exists()
    assert not file.storage.exists(file.name)


def test_headings_are_never_skipped_however_an_editor_begins(client: Client, commit: Any) -> None:
    warning = {"type": "warning", "value": {"title": "Let op", "text": "<p>Bel 112.</p>"}}
    page = publish(commit, body=[warning])
    with pikepdf.open(io.BytesIO(download(client, page))) as pdf:
        kinds = [str(element.S) for element in structure(pdf.Root.StructTreeRoot)]
    assert [kind for kind in kinds if kind in ("/H1", "/H2", "/H3")][:2] == ["/H1", "/H2"]
