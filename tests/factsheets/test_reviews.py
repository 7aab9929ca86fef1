from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow, WorkflowTask

from core.models import User
from factsheets.models import FactsheetPage, MedicalReviewTask, SheetReview
from factsheets.ticking import tick
from tests.factories.pages import FactsheetPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel("2026-11-21 12:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def sheet(owner: User) -> Any:
    page = FactsheetPageFactory(title="Naar de huisarts", sheet_owner=owner, review_every_months=12)
    page.save_revision().publish()
    return page


def test_an_overdue_review_is_mailed_shown_to_readers_and_on_the_report(
    sheet: Any, client: Client, admin: Client, november: Any
) -> None:
    banner = "Dit blad is misschien verouderd"
    november.move_to("2027-10-21 12:00+02:00")
    tick()
    assert mail.outbox == []
    november.move_to("2027-10-25 12:00+02:00")
    tick()
    tick()
    assert [message.to for message in mail.outbox] == [["owner@example.org"]]
    assert "21 november 2027" in mail.outbox[0].subject
    assert banner not in client.get(sheet.url).content.decode()
    november.move_to("2027-11-21 00:00+01:00")
    tick()
    assert len(mail.outbox) == 2
    assert "te laat" in mail.outbox[1].subject
    assert banner in client.get(sheet.url).content.decode()
    sign_in_again(admin)
    report = admin.get(reverse("factsheets_reviews")).content.decode()
    assert "Naar de huisarts" in report
    assert "te laat" in report


def test_one_click_records_name_and_date_and_lifts_the_banner(
    sheet: Any, client: Client, admin: Client, november: Any
) -> None:
    november.move_to("2027-12-01 12:00+01:00")
    sign_in_again(admin)
    admin.post(reverse("factsheets_record_review", args=[sheet.pk]))
    review = SheetReview.objects.get()
    assert (review.reviewer, review.reviewed_on) == ("Ada Smits", date(2027, 12, 1))
    assert review.next_review_on == date(2028, 12, 1)
    html = client.get(sheet.url).content.decode()
    assert "Dit blad is misschien verouderd" not in html
    assert "Ada Smits" in html


def test_the_click_is_not_for_everybody(sheet: Any, client: Client, owner: User) -> None:
    address = reverse("factsheets_record_review", args=[sheet.pk])
    assert client.post(address).status_code == 302  # to the sign-in
    client.force_login(owner)
    client.post(address)
    assert not SheetReview.objects.exists()


def test_who_approves_as_medical_reviewer_stands_on_the_sheet(sheet: Any, client: Client) -> None:
    doctor = User.objects.create_superuser("d@example.org", first_name="Dirk", last_name="Peeters")
    task = MedicalReviewTask.objects.create(name="Medical review", role="huisarts")
    workflow = Workflow.objects.create(name="Info sheets")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page = FactsheetPage.objects.get(pk=sheet.pk)
    page.summary = "Nieuw"
    page.save_revision()
    state = workflow.start(page, doctor)
    task.on_action(state.current_task_state, doctor, "approve")
    assert "Dirk Peeters, huisarts, 21 november 2026" in client.get(sheet.url).content.decode()


def test_a_language_that_lacks_a_change_that_matters_says_so(
    sheet: Any, client: Client, settings: Any
) -> None:
    from wagtail.models import Locale

    german = sheet.copy_for_translation(Locale.objects.get(language_code="de"), copy_parents=True)
    german.live = True
    german.save()
    banner = "Die niederländische Fassung dieses Blattes ist neuer"
    change = {"day": "2026-11-20", "text": "Een spelfout hersteld.", "matters": False}
    publish_change(sheet, change)
    assert banner not in client.get(german.url).content.decode()
    publish_change(sheet, {**change, "text": "De huisarts verwijst niet meer.", "matters": True})
    assert banner in client.get(german.url).content.decode()
    assert banner not in client.get(sheet.url).content.decode()
    german.changes = sheet.changes.raw_data
    german.save()
    assert banner not in client.get(german.url).content.decode()


def publish_change(page: Any, change: dict[str, Any]) -> None:
    page.changes = [
        *page.changes.raw_data,
        {"type": "change", "value": change, "id": f"c{len(page.changes)}"},
    ]
    page.save_revision().publish()


def sign_in_again(admin: Client) -> None:
    """Nobody stays signed in for a year."""
    admin.force_login(User.objects.get(email="ada@example.org"))
