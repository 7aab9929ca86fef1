"""The directory as editors fill it and as readers see it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from support.choices import Kind, SiteState
from support.hours import parse_hours
from support.models import Municipality, Phone, SupportService
from support.sample_services import load_services
from support.saying import open_now, week_in_words
from support.showing import help_lines
from support.telephone import read_number
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def service(**fields: object) -> SupportService:
    defaults = {"key": "loket", "kind": Kind.MUNICIPALITY, "name": "Loket", "country": "NL"}
    return SupportService.objects.create(**{**defaults, **fields})


def test_the_samples_are_loaded_once_and_show_their_country_and_source() -> None:
    fresh = load_services()
    assert len(fresh) > 40
    assert load_services() == []
    public_bodies = [one for one in fresh if not one.is_line]
    assert len(public_bodies) >= 20
    assert all(one.provenance and one.entered_on for one in fresh)
    assert all(one.last_check for one in fresh if one.is_verified)


@pytest.mark.parametrize(
    ("text", "country", "dialled", "e164", "national_only"),
    [
        ("088 0767 000", "NL", "0880767000", "+31880767000", False),
        ("0800-0113", "NL", "08000113", "+318000113", True),
        ("0800 32 123", "BE", "080032123", "+3280032123", True),
        ("116 123", "DE", "116123", "", True),
        ("112", "ALL", "112", "", True),
    ],
)
def test_a_number_as_one_dials_it(
    text: str, country: str, dialled: str, e164: str, national_only: bool
) -> None:
    number = read_number(text, country)
    assert (number.dialled, number.e164, number.national_only) == (dialled, e164, national_only)


@pytest.mark.parametrize("text", ["", "bel ons", "0800", "12345678901234567890", "06-12"])
def test_a_number_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="geen telefoonnummer"):
        read_number(text, "NL")


def test_hours_in_words() -> None:
    desk = service(hours="Mo-Fr 09:00-17:00; PH off")
    monday_noon = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    assert open_now(desk, monday_noon).text == "Nu open, tot 17:00"
    assert open_now(desk, monday_noon + timedelta(days=5)).text == "Nu gesloten, open vanaf maandag 09:00"
    assert week_in_words(parse_hours(desk.hours)) == ["maandag tot en met vrijdag: 09:00–17:00"]
    desk.hours = ""
    assert open_now(desk, monday_noon).is_open is None


def test_verified_needs_a_day_and_times_must_be_readable() -> None:
    with pytest.raises(ValidationError) as caught:
        SupportService(
            key="x", kind="online", name="X", country="NL", status="verified", hours="soms"
        ).full_clean()
    assert set(caught.value.message_dict) == {"last_check", "hours"}


def test_help_lines_of_a_country_come_in_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    load_services()
    with django_assert_num_queries(3):
        lines = help_lines("fr", "BE")
        numbers = [phone.number for card in lines for phone in card.service.phones.all()]
        assert [phone.may_fail_from_abroad for card in lines for phone in card.service.phones.all()]
    assert lines[0].service.key == "112"
    assert "fr" in lines[1].service.languages
    assert {"107", "1813"} <= set(numbers)
    assert "0800-0113" not in numbers


def test_a_municipality_that_merged_leads_to_the_one_of_today() -> None:
    today = Municipality.objects.create(name="Nieuw", country="NL", region="zuid-limburg")
    old = Municipality.objects.create(name="Oud", country="NL", region="zuid-limburg", merged_into=today)
    there, named, region = service(), service(key="oud"), service(key="regio", region="zuid-limburg")
    there.municipalities.add(today)
    there.save()
    named.municipalities.add(old)
    named.save()
    assert set(SupportService.objects.serving(old)) == {there, named, region}
    with pytest.raises(ValidationError):
        Municipality(name="A", country="NL", region="zuid-limburg", merged_into=old).full_clean()


@time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC))
def test_stale_entries_are_those_not_verified_or_due() -> None:
    checked = {"status": "verified", "last_check": date(2026, 1, 1)}
    service(**checked, next_check=date(2026, 11, 22))
    due = service(key="due", **checked, next_check=date(2026, 11, 21))
    doubtful = service(key="doubtful", next_check=date(2027, 1, 1))
    broken = service(key="broken", **checked, site_state=SiteState.DEAD)
    assert set(SupportService.objects.stale()) == {due, doubtful, broken}


def form_of(**changes: str) -> dict[str, str]:
    empty = {
        f"{name}-{field}": "0"
        for name in ("phones", "meetings")
        for field in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {
        **empty,
        "name": "Luisterlijn",
        "key": "luisterlijn",
        "kind": "help_line",
        "country": "NL",
        "position": "10",
        "is_free": "unknown",
        "self_referral": "yes",
        "languages": "nl",
        "provenance": "service",
        "status": "to_check",
        "phones-TOTAL_FORMS": "1",
        "phones-0-number": "088 0767 000",
        "phones-0-from_abroad": "unknown",
        **changes,
    }


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(PersonFactory(group="Editors"))
    return client


def test_an_editor_adds_a_service_with_its_number(editor: Client) -> None:
    answer = editor.post(reverse("support_service:add"), form_of())
    assert answer.status_code == 302, answer.context["form"].errors
    phone = Phone.objects.get()
    assert phone.service.languages == ["nl"]
    assert (phone.dial, phone.dial_from_abroad) == ("tel:0880767000", "tel:+31880767000")


def test_a_wrong_number_is_told_at_the_number_and_nothing_is_lost(editor: Client) -> None:
    answer = editor.post(reverse("support_service:add"), form_of(**{"phones-0-number": "06-12"}))
    assert answer.status_code == 200
    assert "geen telefoonnummer van dit land" in answer.content.decode()
    assert "06-12" in answer.content.decode()
    assert not SupportService.objects.exists()


def test_editors_search_and_filter_and_see_what_is_stale(editor: Client) -> None:
    service(name="Gemeente Vaals")
    service(key="andere", name="Stadt Aachen", country="DE")
    listed = editor.get(reverse("support_service:index"), {"q": "vaals"}).content.decode()
    assert "Gemeente Vaals" in listed
    assert "Stadt Aachen" not in listed
    filtered = editor.get(reverse("support_service:index"), {"country": "DE"}).content.decode()
    assert "Stadt Aachen" in filtered
    assert "Gemeente Vaals" not in filtered
    assert "nog niet geverifieerd" in editor.get(reverse("support_stale")).content.decode()


@pytest.mark.parametrize("group", ["Translators", "Campaign staff", "Consent officers", ""])
@pytest.mark.parametrize(
    "name", ["support_service:index", "support_service:add", "municipality:index", "support_stale"]
)
def test_others_may_not(client: Client, group: str, name: str) -> None:
    client.force_login(PersonFactory(group=group))
    assert client.get(reverse(name)).status_code in (302, 403)
    assert not SupportService.objects.exists()
