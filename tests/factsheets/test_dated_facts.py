from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from core.models import User
from factsheets.models import Fact, FactRefresh
from factsheets.ticking import tick
from tests.factories.facts import add_period, make_fact, make_period
from tests.factories.pages import FactsheetPageFactory, StoryPageFactory, body_of

pytestmark = pytest.mark.django_db
LAST_SECOND = "2026-12-31 23:59:59+01:00"
MIDNIGHT = "2027-01-01 00:00:00+01:00"
NEW_YEAR = date(2027, 1, 1)
END_OF_YEAR = date(2026, 12, 31)


def sheet_with(text: str = "Het eigen risico is {fact:own_risk_nl}.", **fields: Any) -> Any:
    page = FactsheetPageFactory(body=body_of(text), **fields)
    page.save_revision().publish()
    return page


def read(client: Client, page: Any) -> str:
    return client.get(page.url).content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel("2026-11-21 12:00+01:00", tick=False) as traveller:
        yield traveller


def test_a_value_ends_at_midnight_in_amsterdam(client: Client, november: Any) -> None:
    make_fact(until=END_OF_YEAR)
    page = sheet_with()
    november.move_to(LAST_SECOND)
    assert "gold tot en met" not in read(client, page)
    november.move_to(MIDNIGHT)
    assert '€ 385 <span class="fact__remark">(gold tot en met 31 december 2026)' in read(client, page)
    assert "Een bedrag of getal op dit blad is verlopen" in read(client, page)


def test_a_value_entered_ahead_is_shown_from_its_first_day(
    client: Client, november: Any, commit: Any
) -> None:
    with commit():
        fact = make_fact(until=END_OF_YEAR)
    page = sheet_with()
    with commit():
        add_period(fact, value="460", since=NEW_YEAR)
    assert "€ 385" in read(client, page)
    assert "€ 460" not in read(client, page)
    november.move_to(MIDNIGHT)
    assert "€ 460" in read(client, page)
    with commit():
        tick()
    assert FactRefresh.objects.get().total == 1
    assert FactRefresh.objects.get().done == 1


def test_one_change_reaches_every_text_that_uses_it(client: Client, commit: Any) -> None:
    with commit():
        fact = make_fact()
    sheet, story = sheet_with(), StoryPageFactory(body=body_of("Ik betaalde {fact:own_risk_nl} zelf."))
    story.save_revision().publish()
    period = fact.periods.get()
    period.value = "400"
    fact.periods.add(period)
    with commit():
        fact.save()
    assert "€ 400" in read(client, sheet)
    assert "€ 400" in read(client, story)
    refresh = FactRefresh.objects.get()
    assert (refresh.total, refresh.done, refresh.failed) == (2, 2, 0)


def test_what_people_read_is_what_they_search(client: Client, commit: Any) -> None:
    with commit():
        fact = make_fact()
    with commit():
        page = sheet_with(title="Wat kost het?")

    def found(word: str) -> bool:
        return page.title in client.get("/nl/search/", {"q": word}).content.decode()

    assert found("385")
    assert not found("own_risk_nl")
    with commit():
        fact.periods.update(value="400")
        fact.save()
    assert found("400")
    assert not found("385")


def test_saving_a_fact_without_a_change_refreshes_nothing(commit: Any) -> None:
    with commit():
        fact = make_fact()
    sheet_with()
    with commit():
        fact.save()
        tick()
    assert not FactRefresh.objects.exists()


def test_the_tick_after_midnight_refreshes_once(november: Any, commit: Any) -> None:
    with commit():
        make_fact(until=END_OF_YEAR)
    sheet_with()
    november.move_to(MIDNIGHT)
    for __ in range(3):
        with commit():
            tick()
    assert FactRefresh.objects.count() == 1


def test_the_admin_waits_for_one_task_however_many_pages_use_the_fact(
    admin: Client, commit: Any, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    from django_tasks import default_task_backend

    with commit():
        fact = make_fact()
    for __ in range(5):
        page = sheet_with()
    page.save_revision()  # its newest draft mentions the fact as well: still one page
    default_task_backend.clear()
    with commit():
        response = admin.post(edit_address(fact), form_of(fact, value="400"))
    assert response.status_code == 302, response.context["form"].errors
    ours = [task.task.name for task in default_task_backend.results if "factsheets" in task.task.module_path]
    assert ours == ["spread_refresh"]
    assert FactRefresh.objects.get().total == 5


def edit_address(fact: Fact) -> str:
    return reverse("wagtailsnippets_factsheets_fact:edit", args=[fact.pk])


def form_of(fact: Fact, value: str = "385", *more: dict[str, str]) -> dict[str, str]:
    """What the editor sends: the fact with its first value, and ``more`` values."""
    first = fact.periods.first()
    rows = [{"id": str(first.pk), "value": value, "valid_until": str(first.valid_until or "")}, *more]
    data = {
        "key": fact.key, "country": "NL", "unit": "EUR",
        "label_nl": fact.label_nl, "label_de": fact.label_de, "label_fr": fact.label_fr, "owner": "",
        "periods-TOTAL_FORMS": str(len(rows)), "periods-INITIAL_FORMS": "1",
        "periods-MIN_NUM_FORMS": "1", "periods-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    for number, row in enumerate(rows):
        blank = {"valid_from": "", "valid_until": "", "certainty": "verified", "source": "Rijksoverheid"}
        data |= {f"periods-{number}-{name}": text for name, text in {**blank, **row}.items()}
    return data


def test_two_values_for_one_day_are_refused_at_the_field_and_nothing_is_lost(admin: Client) -> None:
    fact = make_fact(until=END_OF_YEAR)
    response = admin.post(
        edit_address(fact), form_of(fact, "385", {"value": "460", "valid_from": "2026-12-31"})
    )
    html = response.content.decode()
    assert "Er is al een andere waarde, 385" in html
    assert 'value="460"' in html
    assert fact.periods.count() == 1


def test_a_value_that_begins_the_day_after_is_taken(admin: Client) -> None:
    fact = make_fact(until=END_OF_YEAR)
    admin.post(edit_address(fact), form_of(fact, "385", {"value": "460,00", "valid_from": "2027-01-01"}))
    assert {period.value for period in Fact.objects.get().periods.all()} == {"385", "460.00"}


def test_an_end_before_the_start_is_refused() -> None:
    period = make_period(since=NEW_YEAR, until=END_OF_YEAR)
    with pytest.raises(ValidationError) as refused:
        period.full_clean(exclude=["fact"])
    assert "valid_until" in refused.value.message_dict


@pytest.mark.parametrize("value", ["veel", "12–", "1.2.3", "", "-5", "€ 5"])
def test_a_value_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        make_period(value=value).full_clean(exclude=["fact"])


def test_a_fact_in_use_cannot_be_deleted_and_the_admin_says_by_whom(admin: Client) -> None:
    fact = make_fact()
    page = sheet_with()
    address = reverse("wagtailsnippets_factsheets_fact:delete", args=[fact.pk])
    response = admin.post(address, follow=True)
    assert page.title in response.content.decode()
    assert Fact.objects.filter(pk=fact.pk).exists()
    with pytest.raises(ProtectedError):
        fact.delete()


def test_a_fact_that_only_a_draft_uses_is_in_use(commit: Any) -> None:
    fact = make_fact()
    page = FactsheetPageFactory(live=False)
    page.body = body_of("Nog {fact:own_risk_nl}.")
    with commit():
        page.save_revision()
    assert fact.usages.count() == 1
    with commit():
        page.delete()
    assert fact.usages.count() == 0
    fact.delete()


def test_a_text_cannot_mention_a_fact_that_nobody_entered() -> None:
    page = FactsheetPageFactory()
    page.body = body_of("Het is {fact:own_rsik_nl}.")
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "own_rsik_nl" in str(refused.value.message_dict["body"])


def test_owners_hear_before_a_value_ends_and_when_it_did_each_once(
    november: Any, owner: User, commit: Any
) -> None:
    make_fact(until=END_OF_YEAR)
    page = sheet_with(sheet_owner=owner)
    tick()
    assert mail.outbox == []
    november.move_to("2026-12-05 08:00+01:00")
    tick()
    tick()
    assert [message.to for message in mail.outbox] == [["owner@example.org"]]
    assert "31 december 2026" in mail.outbox[0].subject
    november.move_to(MIDNIGHT)
    tick()
    tick()
    assert len(mail.outbox) == 2
    assert page.title in mail.outbox[1].body
    assert "niet meer geldig" in mail.outbox[1].subject.lower()


def test_nobody_is_written_to_when_the_next_value_is_known(november: Any, owner: User) -> None:
    fact = make_fact(until=END_OF_YEAR, owner=owner)
    add_period(fact, value="460", since=NEW_YEAR)
    november.move_to(MIDNIGHT)
    tick()
    assert mail.outbox == []
