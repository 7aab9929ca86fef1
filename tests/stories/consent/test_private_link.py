"""What a teller can do by the private link, and what nobody can do with a link that is not theirs."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.consent.actions import latest_reviews, make_link, officer, revoke_link
from stories.consent.masking import MaskPrivateLinks
from stories.consent.models import AuditEntry, ConsentRecord, PrivateLink, VersionReview, Withdrawal
from stories.consent.purposes import Purpose
from tests.factories.consents import agree, approve, consented_story, real_story, reload

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> ConsentRecord:
    story = real_story(title="Mijn weg over de brug")
    return agree(story)


@pytest.fixture
def address(record: ConsentRecord) -> str:
    return path_of(make_link(record, officer(None))[1])


@pytest.fixture
def teller() -> Client:
    return Client(enforce_csrf_checks=True)


def path_of(address: str) -> str:
    return address.removeprefix("http://localhost:8000")


def hidden(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', response.content.decode())
    assert found, f"no {name} on the page"
    return found[1]


def ticked(*purposes: Purpose, until: Any = None) -> dict[str, str]:
    day = until or timezone.localdate() + timedelta(days=100)
    return {**{purpose.value: "on" for purpose in purposes}, "until": day.isoformat()}


def test_a_visit_needs_no_cookie_and_leaves_no_trace(teller: Client, address: str) -> None:
    for path in (address, f"{address}read/nl/", f"{address}withdraw/"):
        response = teller.get(path)
        assert response.status_code == 200
        assert not response.cookies
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]


def test_the_database_cannot_tell_a_link(record: ConsentRecord, address: str) -> None:
    token = address.rstrip("/").rsplit("/", 1)[-1]
    stored = " ".join(str(value) for row in PrivateLink.objects.values_list() for value in row)
    assert len(token) >= 43
    assert token not in stored
    assert token not in str(list(AuditEntry.objects.values_list("data", flat=True)))


def test_the_page_tells_exactly_what_was_agreed_to(
    teller: Client, address: str, record: ConsentRecord
) -> None:
    html = teller.get(address).content.decode()
    for tick in record.ticks.all():
        assert tick.text.text in html


def test_a_version_is_read_as_it_will_look_and_approved(
    teller: Client, address: str, record: ConsentRecord
) -> None:
    read = f"{address}read/nl/"
    page = teller.get(read)
    assert "Mijn weg over de brug" in page.content.decode()
    assert "Iedere ochtend fietste zij over de grens." in page.content.decode()
    answer = {"nonce": hidden(page, "nonce"), "digest": hidden(page, "digest"), "decision": "approved"}
    teller.post(read, answer)
    assert latest_reviews(record)["nl"].decision == VersionReview.Decision.APPROVED


def test_changes_are_asked_for_in_the_tellers_own_words(
    teller: Client, address: str, record: ConsentRecord
) -> None:
    read = f"{address}read/nl/"
    page = teller.get(read)
    answer = {"nonce": hidden(page, "nonce"), "digest": hidden(page, "digest"), "decision": "changes"}
    empty = teller.post(read, answer)
    assert empty.status_code == 422
    assert "Schrijf op wat anders moet" in empty.content.decode()
    teller.post(read, {**answer, "nonce": hidden(empty, "nonce"), "remark": "Zonder de naam van mijn dorp."})
    review = latest_reviews(record)["nl"]
    assert review.remark == "Zonder de naam van mijn dorp."


def test_a_version_that_changed_while_it_was_read_is_not_approved(
    teller: Client, address: str, record: ConsentRecord
) -> None:
    from stories.models import StoryPage

    read = f"{address}read/nl/"
    page = teller.get(read)
    story = StoryPage.objects.get(translation_key=record.story_key)
    story.title = "Iets heel anders"
    story.save_revision()
    answer = {"nonce": hidden(page, "nonce"), "digest": hidden(page, "digest"), "decision": "approved"}
    response = teller.post(read, answer)
    assert response.status_code == 409
    assert "aangepast sinds u haar opende" in response.content.decode()
    assert not latest_reviews(record)


def test_the_agreement_is_changed_and_holds_at_once(
    teller: Client, address: str, record: ConsentRecord
) -> None:
    page = teller.get(address)
    answer = {**ticked(Purpose.WEB, Purpose.PRINT), "nonce": hidden(page, "nonce")}
    response = teller.post(address, answer, follow=True)
    assert "Bewaard" in response.content.decode()
    assert fresh(record).purposes == {Purpose.WEB, Purpose.PRINT}
    assert record.ticks.filter(part=Purpose.PHOTO, ended_at__isnull=False).exists()


def test_a_story_goes_offline_when_the_tick_for_the_website_is_taken_back(
    teller: Client, django_capture_on_commit_callbacks: Any
) -> None:
    story = consented_story()
    record = ConsentRecord.objects.get()
    address = path_of(make_link(record, officer(None))[1])
    page = teller.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        teller.post(address, {**ticked(Purpose.PRINT), "nonce": hidden(page, "nonce")})
    assert not reload(story).live
    assert teller.get(story.url).status_code == 404


def test_asking_for_changes_takes_exactly_that_version_offline(
    teller: Client, django_capture_on_commit_callbacks: Any
) -> None:
    story = consented_story()
    address = path_of(make_link(ConsentRecord.objects.get(), officer(None))[1])
    read = f"{address}read/nl/"
    page = teller.get(read)
    answer = {
        "nonce": hidden(page, "nonce"),
        "digest": hidden(page, "digest"),
        "decision": "changes",
        "remark": "Zo niet.",
    }
    with django_capture_on_commit_callbacks(execute=True):
        teller.post(read, answer)
    assert not reload(story).live


def test_a_form_is_used_once(teller: Client, address: str, record: ConsentRecord) -> None:
    answer = {**ticked(Purpose.WEB), "nonce": hidden(teller.get(address), "nonce")}
    teller.post(address, answer)
    again = teller.post(address, {**answer, "print": "on"})
    assert again.status_code == 409
    assert "al eens gebruikt" in again.content.decode()
    assert fresh(record).purposes == {Purpose.WEB}


@pytest.mark.parametrize("nonce", ["", "1.0", "1.0:abc:def", "x" * 5000])
def test_a_made_up_form_changes_nothing(
    nonce: str, teller: Client, address: str, record: ConsentRecord
) -> None:
    assert teller.post(address, {**ticked(Purpose.WEB), "nonce": nonce}).status_code == 409
    teller.post(f"{address}withdraw/", {"nonce": nonce})
    assert fresh(record).purposes == set(Purpose)
    assert not Withdrawal.objects.exists()


def test_a_form_of_another_person_changes_nothing(
    teller: Client, address: str, record: ConsentRecord
) -> None:
    other = agree(real_story(body=[{"type": "text", "value": "<p>Een ander.</p>"}]))
    theirs = path_of(make_link(other, officer(None))[1])
    nonce = hidden(teller.get(theirs), "nonce")
    assert teller.post(address, {**ticked(Purpose.WEB), "nonce": nonce}).status_code == 409
    assert fresh(record).purposes == set(Purpose)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [("2001-01-01", "Deze dag is voorbij"), ("2999-01-01", "binnen tien jaar"), ("ooit", "")],
)
def test_a_wrong_day_is_refused_and_the_ticks_stay(
    until: str, sentence: str, teller: Client, address: str, record: ConsentRecord
) -> None:
    page = teller.get(address)
    response = teller.post(address, {"web": "on", "until": until, "nonce": hidden(page, "nonce")})
    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert re.search(r'name="web"[^>]* checked', html)
    assert not re.search(r'name="print"[^>]* checked', html)
    assert fresh(record).purposes == set(Purpose)


# --- links that do not work -------------------------------------------------------------------------


def test_an_expired_link_says_so_and_a_new_one_comes_by_mail(
    teller: Client, address: str, record: ConsentRecord, mailoutbox: Any
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=366), tick=False):
        response = teller.get(address)
        assert response.status_code == 410
        assert "verlopen" in response.content.decode()
        assert teller.get(f"{address}read/nl/").status_code == 410
        teller.post(f"{address}new-link/")
        [mail] = mailoutbox
        assert mail.to == ["johanna@example.org"]
        new = re.search(r"http://localhost:8000(\S+)", mail.body)
        assert new
        assert teller.get(new[1]).status_code == 200
        teller.post(f"{address}new-link/")
        assert len(mailoutbox) == 1, "once an hour"


def test_a_revoked_link_opens_nothing_and_asks_for_nothing(
    teller: Client, address: str, record: ConsentRecord, mailoutbox: Any
) -> None:
    revoke_link(record.links.get(), officer(None))
    assert teller.get(address).status_code == 410
    assert teller.post(address, ticked()).status_code == 410
    teller.post(f"{address}new-link/")
    assert not mailoutbox


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1] + "A", lambda token: token[:12], lambda token: "x"]
)
def test_a_link_that_is_almost_right_is_not_right(change: Any, teller: Client, address: str) -> None:
    token = address.rstrip("/").rsplit("/", 1)[-1]
    changed = change(token)
    if changed == token:
        changed = token[:-1] + "B"
    assert teller.get(reverse("my_story", args=[changed])).status_code == 404


def test_too_many_tries_are_slowed_down(teller: Client, address: str) -> None:
    answers = [teller.post(address, {"nonce": "x"}).status_code for __ in range(25)]
    assert 429 in answers


def test_stopping_takes_one_question_and_a_used_link_shows_how_it_stands(
    teller: Client, address: str, record: ConsentRecord, django_capture_on_commit_callbacks: Any
) -> None:
    approve(record)
    question = teller.get(f"{address}withdraw/")
    with django_capture_on_commit_callbacks(execute=True):
        stopped = teller.post(f"{address}withdraw/", {"nonce": hidden(question, "nonce")}, follow=True)
    assert "ingetrokken" in stopped.content.decode()
    for path in (address, f"{address}read/nl/", f"{address}withdraw/"):
        again = teller.get(path, follow=True)
        assert "ingetrokken" in again.content.decode()
        assert "Mijn weg over de brug" not in again.content.decode()
    assert Withdrawal.objects.count() == 1


def test_a_log_never_holds_a_link(address: str) -> None:
    record = logging.LogRecord("django.request", 30, "", 0, "Not Found: %s", (address,), None)
    MaskPrivateLinks().filter(record)
    assert address.rstrip("/").rsplit("/", 1)[-1] not in record.getMessage()


def fresh(record: ConsentRecord) -> ConsentRecord:
    return ConsentRecord.objects.get(pk=record.pk)
