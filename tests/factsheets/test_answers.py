from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.models import User
from factsheets.answering import AT_MOST
from factsheets.models import SheetAnswer
from factsheets.ticking import tick
from tests.factories.pages import FactsheetPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november() -> Any:
    cache.clear()
    with time_machine.travel("2026-11-21 12:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def sheet(owner: User) -> Any:
    return FactsheetPageFactory(sheet_owner=owner)


@pytest.fixture
def reader() -> Client:
    """A browser as strict as any: no form gets through on this test's account."""
    return Client(enforce_csrf_checks=True)


def token_on(html: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found
    return found[1]


def answer(reader: Client, sheet: Any, **fields: str) -> Any:
    token = fields.pop("token", None) or token_on(reader.get(sheet.url).content.decode())
    return reader.post(
        reverse("factsheets_answer", args=[sheet.pk]), {"token": token, "helped": "yes", **fields}
    )


def test_an_answer_arrives_without_cookie_and_without_anything_personal(reader: Client, sheet: Any) -> None:
    response = answer(
        reader, sheet, helped="no", text="Bel mij: 06-1234 5678 of jan@example.org. Waar is Genk?"
    )
    kept = SheetAnswer.objects.get()
    assert (kept.helped, kept.text) == (False, "Bel mij: […] of […] Waar is Genk?")
    assert {field.name for field in SheetAnswer._meta.fields} == {"id", "page", "helped", "text", "given_on"}
    assert not reader.cookies
    thanks = reader.get(response.url.split("#")[0]).content.decode()
    assert "Dank u voor uw antwoord" in thanks
    assert 'name="token"' not in thanks


def test_an_old_form_says_so_and_keeps_what_was_typed(reader: Client, sheet: Any, november: Any) -> None:
    token = token_on(reader.get(sheet.url).content.decode())
    november.shift(25 * 60 * 60)
    response = answer(reader, sheet, token=token, text="Heel <b>duidelijk</b>.")
    html = response.content.decode()
    assert response.status_code == 400
    assert "Uw antwoord staat er nog" in html
    assert "Heel &lt;b&gt;duidelijk&lt;/b&gt;." in html
    assert not SheetAnswer.objects.exists()
    assert answer(reader, sheet, token=token_on(html)).status_code == 302


def test_the_token_of_another_sheet_is_refused(reader: Client, sheet: Any) -> None:
    other = FactsheetPageFactory()
    token = token_on(reader.get(other.url).content.decode())
    assert answer(reader, sheet, token=token).status_code == 400


@pytest.mark.parametrize("fields", [{"helped": ""}, {"helped": "perhaps"}, {"text": "x" * 1001}])
def test_what_is_missing_or_too_long_is_said_at_its_field(
    reader: Client, sheet: Any, fields: dict[str, str]
) -> None:
    response = answer(reader, sheet, **fields)
    assert response.status_code == 400
    assert 'class="error"' in response.content.decode()
    assert not SheetAnswer.objects.exists()


def test_who_fills_the_trap_is_thanked_and_not_heard(reader: Client, sheet: Any) -> None:
    assert answer(reader, sheet, leave_empty="buy this").status_code == 302
    assert not SheetAnswer.objects.exists()


def test_one_connection_cannot_flood_the_owner(reader: Client, sheet: Any) -> None:
    statuses = [answer(reader, sheet).status_code for __ in range(AT_MOST + 1)]
    assert statuses == [302] * AT_MOST + [429]
    assert SheetAnswer.objects.count() == AT_MOST


def test_the_owner_hears_the_next_day_once_and_finds_it_in_the_report(
    reader: Client, sheet: Any, admin: Client, november: Any
) -> None:
    answer(reader, sheet, text="Waar staat Eupen?")
    tick()
    assert mail.outbox == []
    november.move_to("2026-11-22 00:05+01:00")
    tick()
    tick()
    assert [message.to for message in mail.outbox] == [["owner@example.org"]]
    assert "Eupen" not in mail.outbox[0].body  # what readers write stays where it was given
    admin.force_login(User.objects.get(email="ada@example.org"))  # nobody stays signed in overnight
    assert "Waar staat Eupen?" in admin.get(reverse("factsheets_answers")).content.decode()
