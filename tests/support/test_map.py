"""The answer of the finder as places on a map, and the page that shows them to who asks."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from drieklank.models import HomePage
from support.geojson import TILE_HOST
from support.models import CareRoutePage, DirectoryPage, Municipality, SupportService
from support.sample_services import load_services
from tests.support.files import service

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def finder() -> Page:
    return planted(DirectoryPage, "nl")


def planted(model: type[Page], language: str) -> Page:
    home = HomePage.objects.get(locale__language_code=language)
    return home.add_child(instance=model(title="Hulp", slug=model.__name__.lower(), locale=home.locale))


def town(
    name: str, latitude: float | None = 50.8, longitude: float | None = 5.7, **fields: Any
) -> Municipality:
    values = {"country": "NL", "region": "zuid-limburg", **fields}
    return Municipality.objects.create(name=name, latitude=latitude, longitude=longitude, **values)


def serving(key: str, *towns: Municipality, **fields: object) -> SupportService:
    found = service(key, **fields)
    found.municipalities.set(towns)
    found.save()
    return found


def places(client: Client, **query: str) -> dict[str, Any]:
    answer = client.get(reverse("support_services_geojson"), query)
    assert answer.status_code == 200
    return answer.json()


def test_its_own_place_is_exact_and_comes_before_its_municipality(client: Client) -> None:
    serving("loket", town("Vaals"), latitude=50.8514, longitude=5.691)
    answer = client.get(reverse("support_services_geojson"))
    assert answer["Content-Type"] == "application/geo+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    collection = answer.json()
    assert collection["type"] == "FeatureCollection"
    assert (collection["total"], collection["without_place"]) == (1, 0)
    (feature,) = collection["features"]
    assert feature["type"] == "Feature"
    assert feature["geometry"] == {"type": "Point", "coordinates": [5.691, 50.8514]}, (
        "RFC 7946: longitude first"
    )
    assert feature["properties"]["exact"] is True


def test_who_names_up_to_three_municipalities_stands_in_the_middle_of_each(client: Client) -> None:
    towns = [
        town(name, 50 + number, 5) for number, name in enumerate(("Vaals", "Gulpen", "Eijsden", "Meerssen"))
    ]
    serving("three", *towns[:3])
    serving("four", *towns)
    service("region")
    collection = places(client)
    shown = {(one["properties"]["key"], one["properties"]["municipality"]) for one in collection["features"]}
    assert shown == {("three", "Vaals"), ("three", "Gulpen"), ("three", "Eijsden")}
    assert {one["properties"]["exact"] for one in collection["features"]} == {False}
    assert (collection["total"], collection["without_place"]) == (3, 2)


def test_a_municipality_of_today_stands_for_those_that_merged_and_one_without_a_place_for_none(
    client: Client,
) -> None:
    today = town("Beekdaelen", 50.9, 5.9)
    serving("merged", today, town("Nuth", 1, 1, merged_into=today))
    serving("unknown", town("Nergens", None, None))
    (feature,) = places(client)["features"]
    assert feature["properties"]["municipality"] == "Beekdaelen"
    assert places(client)["without_place"] == 1


def test_a_line_has_no_place_that_anybody_could_go_to(client: Client) -> None:
    serving("lijn", town("Vaals"), kind="help_line")
    assert places(client)["without_place"] == 1


def test_words_and_pages_are_in_the_language_that_is_asked(client: Client, finder: Page) -> None:
    german = planted(DirectoryPage, "de")
    aachen = town("Aachen", name_nl="Aken", country="DE", region="staedteregion-aachen")
    serving("rat", aachen, country="DE", kind="self_help", name="Rat")
    for language, page, kind, middle in (
        ("nl", finder, "Zelfhulpgroep", "Aken"),
        ("de", german, "Selbsthilfegruppe", "Aachen"),
    ):
        answer = client.get(
            reverse("support_services_geojson"), {"locale": language}, headers={"Accept-Language": "fr"}
        )
        (feature,) = answer.json()["features"]
        told = feature["properties"]
        assert answer["Content-Language"] == language
        assert told["page"] == f"http://testserver{page.url}rat/"
        assert (told["kind"], told["municipality"]) == (kind, middle)
        assert client.get(told["page"]).status_code == 200
    assert places(client, locale="tlh")["features"][0]["properties"]["page"].startswith(
        "http://testserver/nl/"
    )


def test_without_a_page_that_anybody_may_read_there_is_no_address(client: Client, finder: Page) -> None:
    service(latitude=50, longitude=5)
    PageViewRestriction.objects.create(page=finder, restriction_type=PageViewRestriction.LOGIN)
    assert places(client)["features"][0]["properties"]["page"] is None


def test_the_question_is_the_finders_own(client: Client) -> None:
    vaals, aachen = town("Vaals"), town("Aachen", country="DE", region="staedteregion-aachen")
    serving("vaals", vaals, languages=["nl"], themes=["loneliness"], hours="Mo-Fr 09:00-17:00")
    serving("aachen", aachen, country="DE", languages=["de"], hours="Sa 09:00-17:00", kind="self_help")

    def keys(**query: str) -> set[str]:
        return {one["properties"]["key"] for one in places(client, **query)["features"]}

    with time_machine.travel(MONDAY_NOON):
        assert keys() == {"vaals", "aachen"}
        assert keys(country="DE") == {"aachen"}
        assert keys(municipality=str(vaals.pk)) == {"vaals"}
        assert keys(theme="loneliness") == {"vaals"}
        assert keys(language="de") == {"aachen"}
        assert keys(kind="self_help") == {"aachen"}
        assert keys(open="1") == {"vaals"}


def test_ten_times_as_many_places_take_no_more_queries(client: Client, finder: Page) -> None:
    towns = [town(f"Dorp {number}", merged_into=None) for number in range(3)]
    old = town("Oud", merged_into=towns[0])

    def count(services: int) -> int:
        for number in range(services):
            serving(f"s{services}-{number}", towns[number % 3], old, hours="24/7")
        with CaptureQueriesContext(connection) as queries:
            assert places(client, open="1", municipality=str(towns[0].pk))["total"]
        return len(queries)

    places(client)  # what is asked once and kept
    few = count(5)
    assert few <= 8
    assert count(50) == few


def test_only_the_finder_may_show_pictures_of_openstreetmap(client: Client, finder: Page) -> None:
    route = planted(CareRoutePage, "nl")
    service("loket", latitude=50, longitude=5)

    def policy(address: str) -> dict[str, str]:
        parts = client.get(address)["Content-Security-Policy"].split("; ")
        return dict(part.split(" ", 1) for part in parts)

    strict, here = policy(route.url), policy(finder.url)
    assert here.pop("img-src") == f"{strict.pop('img-src')} {TILE_HOST}"
    assert here == strict, "nothing else is allowed on it"
    others = (
        "/nl/",
        f"{finder.url}loket/",
        "/nl/embed/support/",
        "/nl/search/",
        "/api/support/services.geojson",
    )
    assert [
        address for address in others if TILE_HOST in client.get(address)["Content-Security-Policy"]
    ] == []


def test_the_map_asks_for_the_same_question_and_shows_only_with_a_script(
    client: Client, finder: Page
) -> None:
    load_services()
    page = client.get(finder.url, {"country": "DE", "language": "de"}).content.decode()
    assert 'data-places="/api/support/services.geojson?country=DE&amp;language=de&amp;locale=nl"' in page
    assert re.search(r'<div class="map-panel" hidden', page)
    assert "uw internetadres" in page
    without_answer = client.get(finder.url, {"kind": "self_help", "theme": "rights"}).content.decode()
    assert "data-map" not in without_answer
