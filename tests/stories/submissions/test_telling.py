"""Telling a story: step by step, without an account, without a cookie, with nothing lost and nothing twice."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client

from core.models import User
from stories.consent.masking import MaskPrivateLinks
from stories.consent.models import ConsentText
from stories.submissions import limits
from stories.submissions.models import Submission, SubmissionEntry
from tests.factories.campaigns import CampaignFactory
from tests.stories.submissions.telling import START, TEXT, Teller, hidden, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("nl", "Eerst: gaat het goed met u?"),
        ("de", "Zuerst: Geht es Ihnen gut?"),
        ("fr", "D’abord : allez-vous bien ?"),
    ],
)
def test_help_comes_first_in_every_language(client: Client, language: str, question: str) -> None:
    response = client.get(f"/{language}/tell-your-story/")
    page = response.content.decode()
    assert page.index(question) < page.index('<form method="post"')
    assert not response.cookies


def test_the_help_lines_are_those_of_the_country_the_reader_chooses(client: Client) -> None:
    from support.sample_services import load_services

    load_services()
    assert "113 Zelfmoordpreventie" in client.get(START).content.decode()
    german = client.get(f"{START}?country=DE").content.decode()
    assert "113 Zelfmoordpreventie" not in german
    assert "TelefonSeelsorge" in german
    assert "113 Zelfmoordpreventie" in client.get(f"{START}?country=../").content.decode()


def test_a_whole_story_is_told_without_account_cookie_or_script() -> None:
    teller = sent()
    submission = teller.submission
    assert submission.state == Submission.State.SENT
    assert not submission.held_back
    assert submission.answers["text"] == TEXT
    assert submission.contact == {"email": "mila@example.org"}
    assert not teller.client.cookies
    page = teller.read()
    assert submission.reference in page
    assert f"http://localhost:8000{teller.home}" in page
    assert "Mijn buurvrouw belde aan." in page


def test_what_is_told_is_unreadable_in_the_database() -> None:
    sent()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM submissions_submission")
        row = str(cursor.fetchall())
    assert "buurvrouw" not in row
    assert "mila@example.org" not in row


def test_only_a_digest_of_the_private_address_is_stored(teller: Teller) -> None:
    token = teller.home.rstrip("/").split("/")[-1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM submissions_submission")
        assert token not in str(cursor.fetchall())
    assert teller.client.get(teller.home[:-3] + "xy/").status_code == 404
    assert Client().get("/nl/tell-your-story/nothing-here/story/").status_code == 404


def test_a_page_behind_the_private_address_is_kept_by_nobody(teller: Teller) -> None:
    response = teller.client.get(f"{teller.home}story/")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]


def test_the_private_address_stands_in_no_log(teller: Teller) -> None:
    record = logging.LogRecord("x", 20, "x", 1, "GET %s", (f"{teller.home}story/",), None)
    MaskPrivateLinks().filter(record)
    assert record.getMessage() == "GET /nl/tell-your-story/…/story/"


def test_what_was_typed_is_there_after_the_connection_dropped(teller: Teller) -> None:
    teller.fill("story", text=TEXT)
    other = Teller(Client(), teller.home)  # another browser, days later, by the address alone
    assert "Mijn buurvrouw belde aan." in other.read("story/")
    assert f"{teller.home}agree/" in other.read(), "it goes on where something is missing"


def test_a_script_keeps_what_is_typed_between_the_steps(teller: Teller) -> None:
    page = teller.read("story/")
    response = teller.client.post(
        f"{teller.home}story/",
        {"word": hidden(page, "word"), "text": "Halverwege een zin"},
        headers={"Accept": "application/json"},
    )
    assert teller.submission.answers["text"] == "Halverwege een zin"
    again = teller.client.post(
        f"{teller.home}story/", {"word": json.loads(response.content)["word"], "text": TEXT}
    )
    assert again.status_code == 302, "the word that came back holds for the next time"


def test_two_windows_lose_nothing(teller: Teller) -> None:
    word = hidden(teller.read("story/"), "word")
    teller.fill("story", text="In het ene venster.")
    response = teller.client.post(f"{teller.home}story/", {"word": word, "text": "In het andere."})
    assert response.status_code == 409
    assert "In het andere." in response.content.decode()
    assert teller.submission.answers["text"] == "In het ene venster."
    saved = teller.client.post(
        f"{teller.home}story/",
        {"word": hidden(response.content.decode(), "word"), "text": "In het andere."},
    )
    assert saved.status_code == 302
    assert teller.submission.answers["text"] == "In het andere."


def test_sent_twice_it_is_one(teller: Teller) -> None:
    teller.tell().send()
    teller.client.post(f"{teller.home}check/")
    teller.client.post(f"{teller.home}story/", {"text": "Iets anders"})
    assert Submission.objects.count() == 1
    assert SubmissionEntry.objects.filter(action="sent").count() == 1
    assert teller.submission.answers["text"] == TEXT


def test_nothing_is_sent_without_story_and_agreement(teller: Teller) -> None:
    response = teller.client.post(f"{teller.home}check/")
    assert response.status_code == 422
    assert "Uw verhaal zelf ontbreekt nog." in response.content.decode()
    teller.fill("story", text=TEXT)
    refused = teller.fill("agree", web="on")
    assert "Zonder dit vinkje mogen we uw verhaal niet lezen." in refused.content.decode()
    assert teller.client.post(f"{teller.home}check/").status_code == 422
    assert teller.submission.is_draft


def test_a_tick_keeps_the_text_that_was_read(teller: Teller) -> None:
    teller.tell(TEXT, "web", "photo")
    newest = ConsentText.objects.in_force("nl")
    assert teller.submission.ticks == {part: newest[part].pk for part in ("general", "web", "photo")}


def test_it_is_told_for_a_campaign_that_exists_and_no_other() -> None:
    CampaignFactory(name="Limburg Openhartig", slug="openhartig")
    teller = Teller.who_begins(f"{START}?campaign=openhartig")
    assert teller.submission.campaign == "openhartig"
    assert "Limburg Openhartig" in teller.read("story/")
    assert Teller.who_begins(f"{START}?campaign=bestaat-niet").submission.campaign == ""


def test_a_form_of_yesterday_asks_to_begin_again(client: Client) -> None:
    with time_machine.travel("2026-11-20 09:00Z", tick=False):
        word = hidden(client.get(START).content.decode(), "word")
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        response = client.post(START, {"word": word})
    assert response.status_code == 422
    assert "Deze pagina stond te lang open." in response.content.decode()
    assert not Submission.objects.exists()


# --- spam is held back, and nobody is sent away ------------------------------------------------------


def test_a_field_that_people_do_not_see_holds_it_back() -> None:
    assert Teller.who_begins(website="https://spam.example").tell().send().submission.held_back == "trap"


def test_faster_than_anybody_types_is_held_back(teller: Teller) -> None:
    assert teller.tell().send(after=timedelta(seconds=3)).submission.held_back == "fast"


def test_many_links_hold_it_back_and_one_does_not(teller: Teller) -> None:
    assert sent("Zie https://a.example http://b.example www.c.example").submission.held_back == "links"
    assert sent("Ik las https://mindkorrelatie.nl").submission.held_back == ""


def test_too_many_from_one_address_wait_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.AT_MOST, "start", 2)
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        word = hidden(client.get(START).content.decode(), "word")
        statuses = [client.post(START, {"word": word}).status_code for __ in range(3)]
        assert statuses == [302, 302, 429]
        assert client.post(START, {"word": word}, REMOTE_ADDR="192.0.2.7").status_code == 302
    with time_machine.travel("2026-11-22 10:01Z", tick=False):
        assert client.post(START, {"word": word}).status_code == 302


def test_no_address_of_a_visitor_is_kept(client: Client) -> None:
    word = hidden(client.get(START).content.decode(), "word")
    client.post(START, {"word": word}, REMOTE_ADDR="192.0.2.7")
    kept = str(getattr(cache, "_cache"))  # noqa: B009 - what stands in memory
    assert "submissions-start-" in kept
    assert "192.0.2.7" not in kept


# --- taking it back ---------------------------------------------------------------------------------


def test_a_draft_that_is_thrown_away_leaves_nothing(teller: Teller) -> None:
    teller.fill("story", text=TEXT)
    teller.client.post(f"{teller.home}take-back/", {"word": hidden(teller.read("take-back/"), "word")})
    assert not Submission.objects.exists()
    assert teller.client.get(teller.home).status_code == 404


def test_what_was_sent_can_be_taken_back_at_once() -> None:
    teller = sent()
    teller.client.post(f"{teller.home}take-back/", {"word": "forged"})
    assert not teller.submission.is_erased
    teller.client.post(f"{teller.home}take-back/", {"word": hidden(teller.read("take-back/"), "word")})
    submission = teller.submission
    assert submission.is_erased
    assert (submission.answers, submission.contact, submission.ticks) == ({}, {}, {})
    response = teller.client.get(teller.home)
    assert response.status_code == 410
    assert "U hebt het teruggenomen." in response.content.decode()


def test_an_administrator_sees_no_draft_in_the_admin(teller: Teller) -> None:
    teller.fill("story", text=TEXT)
    admin = Client()
    admin.force_login(User.objects.create_superuser("ada@example.org"))
    assert admin.get(f"/admin/submissions/{teller.submission.pk}/").status_code in (302, 403, 404)


def test_every_page_of_telling_fits_the_policy(teller: Teller) -> None:
    for step in ("", "story/", "about/", "file/", "agree/", "check/", "take-back/"):
        response: Any = teller.client.get(f"{teller.home}{step}")
        assert response.status_code == 200, step
        assert "style=" not in response.content.decode(), step
        assert not response.cookies, step
