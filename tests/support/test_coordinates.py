"""A service may say where exactly it is: in the form, in a file, and to other sites."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from support.importing.planning import Plan, plan_import
from support.importing.writing import export_lines, write_import
from support.models import Municipality, SupportService
from tests.factories.people import PersonFactory
from tests.support.files import file_of, service
from tests.support.test_services import form_of

pytestmark = pytest.mark.django_db

BOTH_OR_NONE = "vul ze allebei in, of geen van beide"
LATITUDE, LONGITUDE = "Een breedtegraad ligt tussen", "Een lengtegraad ligt tussen"


@pytest.mark.parametrize(
    ("latitude", "longitude", "field", "sentence"),
    [
        (50.85, None, "longitude", BOTH_OR_NONE),
        (None, 5.69, "latitude", BOTH_OR_NONE),
        (90.01, 5.69, "latitude", LATITUDE),
        (-90.01, 5.69, "latitude", LATITUDE),
        (508514, 5.69, "latitude", LATITUDE),
        (50.85, -180.5, "longitude", LONGITUDE),
        (50.85, 180.5, "longitude", LONGITUDE),
        (float("nan"), 5.69, "latitude", LATITUDE),
        (50.85, float("inf"), "longitude", LONGITUDE),
    ],
)
def test_half_a_place_and_one_that_is_not_on_earth_are_refused_at_the_field(
    latitude: float | None, longitude: float | None, field: str, sentence: str
) -> None:
    place = {"latitude": latitude, "longitude": longitude}
    for one in (
        SupportService(key="a", kind="online", name="A", country="NL", **place),
        Municipality(name="Vaals", country="NL", region="zuid-limburg", **place),
    ):
        with pytest.raises(ValidationError) as refused:
            one.full_clean()
        ((place_of_fault, (message,)),) = refused.value.message_dict.items()
        assert place_of_fault == field
        assert sentence in message


@pytest.mark.parametrize(("latitude", "longitude"), [(None, None), (0, 0), (-90, 180), (50.8514, 5.691)])
def test_a_whole_place_or_none_is_fine(latitude: float | None, longitude: float | None) -> None:
    one = SupportService(
        key="a", kind="online", name="A", country="NL", latitude=latitude, longitude=longitude
    )
    one.full_clean()
    assert one.has_place is (latitude is not None)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(PersonFactory(group="Editors"))
    return client


def test_an_editor_writes_down_where_it_is_and_is_told_what_is_wrong(editor: Client) -> None:
    add = reverse("support_service:add")
    assert 'name="latitude"' in editor.get(add).content.decode()
    answer = editor.post(add, form_of(latitude="50.8514", longitude="591"))
    assert list(answer.context["form"].errors) == ["longitude"]
    assert LONGITUDE in answer.content.decode()
    assert 'value="591"' in answer.content.decode()
    editor.post(add, form_of(latitude="50.8514", longitude="5.91"))
    assert SupportService.objects.values_list("latitude", "longitude").get() == (50.8514, 5.91)


# --- files ------------------------------------------------------------------------------------------

HEADING = "key;kind;name;country;latitude;longitude"


def place(latitude: str, longitude: str) -> Plan:
    return plan_import(file_of(f"loket;online;Loket;NL;{latitude};{longitude}", heading=HEADING))


@pytest.mark.parametrize("cells", [("50.8514", "5.69"), ("50,8514", "5,69")])
def test_a_file_brings_a_place_in(cells: tuple[str, str]) -> None:
    (new,) = place(*cells).new
    assert (new.service.latitude, new.service.longitude) == (50.8514, 5.69)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("50.8514", ""), f"lengtegraad: {'Een plek op de kaart'}"),
        (("508514", "5.69"), "“508514” is geen coördinaat"),
        (("95", "5.69"), LATITUDE),
        (("50°51'", "5.69"), "is geen coördinaat"),
        (("nan", "5.69"), "“nan” is geen coördinaat"),
        (("1e400", "5.69"), "is geen coördinaat"),
    ],
)
def test_a_line_without_a_real_place_is_refused_with_its_reason(
    cells: tuple[str, str], sentence: str
) -> None:
    (refused,) = place(*cells).refused
    assert sentence in " ".join(refused.reasons)


def test_a_place_goes_out_and_comes_back_the_same() -> None:
    service("west", latitude=-33.0000001, longitude=-0.00001)
    service("east", latitude=50.123456789, longitude=180)
    service("nowhere")
    exported = "".join(export_lines())
    assert len(plan_import(exported).unchanged) == 3
    SupportService.objects.filter(key="west").update(latitude=None, longitude=None)
    write_import(exported, plan_import(exported).fingerprint, PersonFactory())
    west = SupportService.objects.get(key="west")
    assert (west.latitude, west.longitude) == (-33.0000001, -0.00001)


def test_an_empty_cell_takes_a_place_away() -> None:
    service(latitude=50.85, longitude=5.69)
    text = file_of("loket;municipality;Loket Vaals;NL;;", heading=HEADING)
    write_import(text, plan_import(text).fingerprint, PersonFactory())
    assert not SupportService.objects.get().has_place


def test_other_sites_are_told_the_place(client: Client) -> None:
    service(latitude=-50.85, longitude=5.69)
    (record,) = client.get(reverse("support_services_json")).json()["services"]
    assert (record["latitude"], record["longitude"]) == (-50.85, 5.69)
    answer = client.get(reverse("support_services_csv"))
    (row,) = csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig")))
    assert (row["latitude"], row["longitude"]) == ("'-50.85", "5.69")
