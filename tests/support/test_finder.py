"""Citizens search the directory; other sites and programs read it."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from drieklank.models import HomePage
from support.finding import found_for
from support.models import DirectoryPage, Municipality, Phone, SupportService
from support.searching import Search
from support.showing import cards_of

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def finder() -> Page:
    home = HomePage.objects.get(locale__language_code="nl")
    return home.add_child(instance=DirectoryPage(title="Hulp zoeken", slug="hulp-zoeken"))


@pytest.fixture
def vaals() -> Municipality:
    return Municipality.objects.create(
        name="Vaals", country="NL", region="zuid-limburg", latitude=50.77, longitude=6.02
    )


def service(key: str, **fields: object) -> SupportService:
    defaults = {"kind": "municipality", "name": f"Dienst {key}", "country": "NL", "languages": ["nl"]}
    return SupportService.objects.create(key=key, **{**defaults, **fields})


def at(place: Municipality, key: str, **fields: object) -> SupportService:
    found = service(key, country=place.country, **fields)
    found.municipalities.add(place)
    found.save()
    return found


def keys(search: Search) -> set[str]:
    return {one.key for one in search.results(MONDAY_NOON)}


def test_each_part_of_the_question_narrows_the_answer(vaals: Municipality) -> None:
    at(vaals, "vaals", themes=["loneliness"])
    service("eupen", country="BE", languages=["de", "fr"], hours="Mo-Fr 09:00-17:00")
    service("112", country="ALL", languages=["nl", "de"], hours="24/7", kind="crisis_line")
    assert keys(Search()) == {"vaals", "eupen", "112"}
    assert keys(Search(country="BE")) == {"eupen", "112"}
    assert keys(Search(municipality=str(vaals.pk))) == {"vaals", "112"}
    assert keys(Search(theme="loneliness")) == {"vaals"}
    assert keys(Search(language="de")) == {"eupen", "112"}
    assert keys(Search(kind="crisis_line")) == {"112"}
    assert keys(Search(open="1")) == {"eupen", "112"}
    assert {one.key for one in Search(open="1").results(MONDAY_NOON.replace(hour=3))} == {"112"}


def test_a_question_nobody_can_ask_counts_as_not_asked() -> None:
    query = {"country": "XX", "municipality": "9" * 30, "theme": "' OR 1", "open": "maybe", "language": "tlh"}
    assert Search.from_query(query) == Search()
    assert Search.from_query({"country": "BE", "open": "1"}).query == "country=BE&open=1"


def test_help_across_the_border_shows_with_its_distance(vaals: Municipality) -> None:
    aachen = Municipality.objects.create(
        name="Aachen",
        name_nl="Aken",
        country="DE",
        region="staedteregion-aachen",
        latitude=50.78,
        longitude=6.08,
    )
    far = Municipality.objects.create(
        name="Euskirchen", country="DE", region="euskirchen", latitude=50.66, longitude=6.79
    )
    at(aachen, "aachen")
    at(far, "euskirchen")
    (near,) = cards_of(Search(municipality=str(vaals.pk)).across_the_border(), vaals)
    assert near.service.key == "aachen"
    assert near.kilometres == 5


def test_the_page_shows_what_fits_and_how_to_reach_it(client: Client, finder: Page) -> None:
    found = service("luisterlijn", kind="help_line", name="De Luisterlijn", hours="24/7")
    Phone.objects.create(service=found, number="088 0767 000")
    page = client.get(finder.url, {"country": "NL"}).content.decode()
    assert "De Luisterlijn" in page
    assert 'href="tel:0880767000"' in page
    assert 'href="tel:+31880767000"' in page
    assert "Niet zeker: wordt nog gecontroleerd" in page
    assert re.search(r'value="NL" selected', page)


def test_no_match_offers_a_wider_question_and_somebody_to_call(client: Client, finder: Page) -> None:
    service("112", country="ALL", kind="crisis_line", name="Noodnummer", hours="24/7")
    page = client.get(finder.url, {"theme": "loneliness", "country": "NL"}).content.decode()
    assert "?country=NL#found" in page.replace("&amp;", "&")
    assert "Noodnummer" in page


def test_structured_data_is_json_that_cannot_end_its_element(client: Client, finder: Page) -> None:
    service("slim", name="</script><b>Slim")
    page = client.get(finder.url).content.decode()
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert text is not None
    listed = json.loads(text[1])["itemListElement"]
    assert listed[0]["item"]["name"] == "</script><b>Slim"
    assert "<b>Slim" not in page


def test_anybody_may_read_the_data(client: Client, vaals: Municipality) -> None:
    Phone.objects.create(service=at(vaals, "vaals", name="=SUM(1)"), number="088 0767 000")
    answer = client.get(reverse("support_services_json"), {"country": "NL"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    (record,) = answer.json()["services"]
    assert (record["municipalities"], record["languages"]) == (["Vaals"], ["nl"])
    answer = client.get(reverse("support_services_csv"))
    (row,) = csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig")))
    assert row["name"] == "'=SUM(1)"
    assert row["phones"] == "tel:+31880767000"


def test_long_lists_come_in_pages(client: Client) -> None:
    SupportService.objects.bulk_create(
        [SupportService(key=f"s{n}", name=f"S {n}", kind="online", country="NL") for n in range(101)]
    )
    first = client.get(reverse("support_services_json")).json()
    assert (first["total"], len(first["services"])) == (101, 100)
    assert len(client.get(first["next"]).json()["services"]) == 1


def test_any_site_may_frame_the_list_and_no_other_page(client: Client, finder: Page) -> None:
    service("vaals")
    answer = client.get("/nl/embed/support/")
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "Dienst vaals" in answer.content.decode()
    assert "frame-ancestors 'none'" in client.get(finder.url)["Content-Security-Policy"]


@pytest.mark.parametrize(
    "query", [{}, {"country": "BE", "language": "fr", "theme": "loneliness"}, {"open": "1"}]
)
def test_ten_times_as_many_services_take_no_more_queries(
    client: Client, finder: Page, vaals: Municipality, query: dict[str, str]
) -> None:
    def count(services: int) -> int:
        SupportService.objects.bulk_create(
            SupportService(
                key=f"s{services}-{n}",
                name=f"S {n}",
                kind="online",
                country=("NL", "BE", "DE")[n % 3],
                languages=["nl", "fr"],
                themes=["loneliness"],
                hours="Mo-Fr 09:00-17:00",
            )
            for n in range(services)
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert (
                client.get(finder.url, {**query, "municipality": str(vaals.pk)} if query else {}).status_code
                == 200
            )
        return len(queries)

    with time_machine.travel(MONDAY_NOON):
        client.get(finder.url)  # what is asked once and kept
        few = count(50)
        assert count(450) == few


def test_a_search_takes_at_most_fifteen_queries(
    vaals: Municipality, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    aachen = Municipality.objects.create(
        name="Aachen", country="DE", region="staedteregion-aachen", latitude=50.78, longitude=6.08
    )
    for number in range(30):
        at((vaals, aachen)[number % 2], f"s{number}", hours="24/7", themes=["loneliness"])
    query = {"municipality": str(vaals.pk), "open": "1", "theme": "loneliness", "language": "nl"}
    with django_assert_max_num_queries(15):
        found = found_for(query, MONDAY_NOON)
    assert (len(found["cards"]), len(found["nearby"])) == (15, 5)
