"""Every service has a page of its own, at the same place below the finder of each language."""

from __future__ import annotations

import json
import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from drieklank.models import HomePage
from support.models import DirectoryPage, Municipality, Phone, SupportService
from tests.support.files import service

pytestmark = pytest.mark.django_db


@pytest.fixture
def finders() -> dict[str, Page]:
    """The finder in Dutch and German; nobody translated it into French."""
    key, made = uuid4(), {}
    for language, slug in (("nl", "hulp-zoeken"), ("de", "hilfe-finden")):
        home = HomePage.objects.get(locale__language_code=language)
        page = DirectoryPage(title=slug, slug=slug, locale=home.locale, translation_key=key, summary="Finder")
        made[language] = home.add_child(instance=page)
    return made


@pytest.fixture
def loket() -> SupportService:
    vaals = Municipality.objects.create(name="Vaals", country="NL", region="zuid-limburg")
    found = service(
        hours="Mo-Fr 09:00-17:00",
        description_nl="Voor wie <i>hulp</i> zoekt.",
        description_de="Für alle, die Hilfe suchen.",
        for_whom_nl="Wie in Vaals woont",
        address="Von Clermontplein 15, Vaals",
        latitude=50.77,
        longitude=6.02,
        source="Gemeentegids",
        status="verified",
        last_check=date(2026, 11, 1),
        provenance="public_source",
    )
    found.municipalities.add(vaals)
    found.save()
    Phone.objects.create(service=found, number="043 306 8568")
    return found


def test_the_page_says_all_that_is_known(
    client: Client, finders: dict[str, Page], loket: SupportService
) -> None:
    page = client.get(f"{finders['nl'].url}loket/").content.decode()
    for text in (
        "<title>Loket Vaals – Drieklank</title>",
        '<meta name="description" content="Voor wie &lt;i&gt;hulp&lt;/i&gt; zoekt.">',
        "Wie in Vaals woont",
        "maandag tot en met vrijdag: 09:00–17:00",
        "Von Clermontplein 15, Vaals",
        'href="tel:0433068568"',
        "1 november 2026",
        "Gemeentegids",
        f'href="{finders["nl"].url}"',
        f"?municipality={loket.municipalities.get().pk}#found",
    ):
        assert text in page, text
    assert re.search(r"<h1[^>]*>Loket Vaals</h1>", page)


def test_each_card_of_the_finder_leads_to_it(
    client: Client, finders: dict[str, Page], loket: SupportService
) -> None:
    address = f"{finders['nl'].url}loket/"
    link = f'<a href="{address}">Loket Vaals</a>'
    assert link in client.get(finders["nl"].url).content.decode()
    assert link in client.get("/nl/embed/support/").content.decode()


def test_it_has_one_address_and_its_versions_have_theirs(
    client: Client, finders: dict[str, Page], loket: SupportService
) -> None:
    page = client.get(f"{finders['nl'].url}loket/?page=2").content.decode()
    nl, de = (f"{finders[language].full_url}loket/" for language in ("nl", "de"))
    assert f'<link rel="canonical" href="{nl}">' in page
    assert f'<meta property="og:url" content="{nl}">' in page
    assert dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page)) == {
        "nl": nl,
        "de": de,
        "x-default": nl,
    }
    switch = re.findall(r'<li><a href="([^"]+)" lang="(\w\w)" hreflang', page)
    assert (f"{finders['de'].url}loket/", "de") in switch
    assert any("not-translated" in address for address, language in switch if language == "fr")
    german = client.get(f"{finders['de'].url}loket/").content.decode()
    assert '<html lang="de">' in german
    assert "Für alle, die Hilfe suchen." in german


def test_search_engines_are_told_what_it_is(
    client: Client, finders: dict[str, Page], loket: SupportService
) -> None:
    SupportService.objects.update(name="</script><b>Loket")
    page = client.get(f"{finders['nl'].url}loket/").content.decode()
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert text is not None
    told = json.loads(text[1])
    assert (told["@type"], told["name"]) == ("Service", "</script><b>Loket")
    assert told["mainEntityOfPage"] == f"{finders['nl'].full_url}loket/"
    location = told["availableChannel"]["serviceLocation"]
    assert location["address"] == "Von Clermontplein 15, Vaals"
    assert (location["geo"]["latitude"], location["geo"]["longitude"]) == (50.77, 6.02)
    assert "<b>Loket" not in page


@pytest.mark.parametrize("below", ["nergens/", "LOKET/", "loket/meer/", "ä/", "loket%00/"])
def test_what_is_no_service_is_no_page(
    client: Client, finders: dict[str, Page], loket: SupportService, below: str
) -> None:
    assert client.get(f"{finders['nl'].url}{below}").status_code == 404


def test_a_finder_that_is_not_online_has_no_pages_below(
    client: Client, finders: dict[str, Page], loket: SupportService
) -> None:
    finders["de"].unpublish()
    assert client.get(f"{finders['de'].url}loket/").status_code == 404


def test_the_sitemap_lists_each_in_each_language_with_one_query_a_finder(
    client: Client, finders: dict[str, Page], loket: SupportService
) -> None:
    def listed() -> tuple[str, int]:
        with CaptureQueriesContext(connection) as queries:
            return client.get("/sitemap.xml").content.decode(), len(queries)

    listed()
    sitemap, few = listed()
    for finder in finders.values():
        assert f"<loc>{finder.full_url}</loc>" in sitemap
        assert f"<loc>{finder.full_url}loket/</loc>" in sitemap
    for number in range(20):
        service(f"s{number}")
    assert listed()[1] == few


def test_more_services_make_a_page_no_slower(
    client: Client, finders: dict[str, Page], loket: SupportService
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{finders['nl'].url}loket/")
        return len(queries)

    count()
    few = count()
    for number in range(20):
        service(f"s{number}")
    assert count() == few
