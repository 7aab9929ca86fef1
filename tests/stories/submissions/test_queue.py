"""The moderators' queue: who may look, who waits, what can be done, and what becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import User
from stories.consent.actions import TELLER, withdraw_story
from stories.consent.dates import today
from stories.models import StoryPage
from stories.submissions.accepting import accept
from stories.submissions.models import Submission, SubmissionEntry
from stories.submissions.ticking import tick
from tests.factories.people import PersonFactory
from tests.stories.submissions.telling import TEXT, Teller, moderator, photo, sent

pytestmark = pytest.mark.django_db
QUEUE = "/admin/submissions/"


def at(view: str, teller: Teller) -> str:
    return reverse(f"submissions:{view}", args=[teller.submission.pk])


# --- who may ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["Editors", "Translators", "Campaign staff", "Consent officers", None])
def test_nobody_but_moderators_sees_what_was_told(group: str | None) -> None:
    teller, client = sent(), Client()
    person = PersonFactory(group=group) if group else User.objects.create_superuser("ada@example.org")
    client.force_login(person)
    for view in ("submission", "file"):
        assert client.get(at(view, teller)).status_code == 302, view
    assert client.get(QUEUE).status_code == 302
    for view in ("reply", "assign", "release", "accept", "decline"):
        response = client.post(at(view, teller), {"text": "x", "reason": "x", "me": "1"})
        assert response.status_code == 302, view
        assert response["Location"].endswith("/admin/"), view
    submission = teller.submission
    assert submission.is_waiting
    assert submission.assigned_to is None
    assert not submission.messages.exists()
    assert "inzendingen" not in client.get("/admin/").content.decode().lower()


def test_the_queue_shows_age_person_and_the_last_day() -> None:
    desk = moderator()
    old, new = sent("Een oud verhaal"), sent("Een nieuw verhaal")
    Submission.objects.filter(pk=old.submission.pk).update(sent_at=timezone.now() - timedelta(days=9))
    desk.post(at("assign", old), {"me": "1"})
    page = desk.get(QUEUE).content.decode()
    assert page.index(old.submission.reference) < page.index(new.submission.reference)
    assert "1\xa0week" in page
    assert old.submission.assigned_to is not None
    assert old.submission.assigned_to.first_name in page
    assert "verhaal</" not in page, "the list tells nothing of what was told"
    mine = desk.get(f"{QUEUE}?mine").content.decode()
    assert old.submission.reference in mine
    assert new.submission.reference not in mine


def test_what_was_held_back_waits_apart_until_somebody_lets_it_in() -> None:
    desk, teller = moderator(), Teller.who_begins(website="x").tell().send()
    assert teller.submission.reference not in desk.get(QUEUE).content.decode()
    assert teller.submission.reference in desk.get(f"{QUEUE}?tab=held_back").content.decode()
    desk.post(at("release", teller))
    assert teller.submission.reference in desk.get(QUEUE).content.decode()


def test_moderators_read_the_story_and_never_the_address_of_its_teller() -> None:
    page = moderator().get(at("submission", sent())).content.decode()
    assert "Mijn buurvrouw belde aan." in page
    assert "mila@example.org" not in page


def test_the_file_is_saved_and_never_opened_in_the_sites_name() -> None:
    teller = Teller.who_begins()
    teller.fill("file", file=photo())
    teller.tell().send()
    response = moderator().get(at("file", teller))
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.content.startswith(b"\xff\xd8\xff")
    assert moderator().get(at("file", sent())).status_code == 404


# --- talking ----------------------------------------------------------------------------------------


def test_both_sides_talk_without_an_address() -> None:
    desk, teller = moderator(), sent()
    desk.post(at("reply", teller), {"text": "Dank u wel. Mogen we bellen?"})
    assert "Dank u wel. Mogen we bellen?" in teller.read()
    teller.client.post(teller.home, {"text": "Liever schrijven."})
    teller.client.post(teller.home, {"text": "Liever schrijven."})  # a page loaded anew sends it again
    assert teller.submission.messages.count() == 2
    assert "1 nieuw bericht" in desk.get(QUEUE).content.decode()
    assert "Liever schrijven." in desk.get(at("submission", teller)).content.decode()
    assert "nieuw bericht" not in desk.get(QUEUE).content.decode()


def test_an_empty_answer_is_refused_in_one_sentence() -> None:
    desk, teller = moderator(), sent()
    assert "Schrijf eerst uw bericht." in desk.post(at("reply", teller), {"text": " "}).content.decode()
    assert "Schrijf eerst uw bericht." in teller.client.post(teller.home, {"text": ""}).content.decode()


# --- deciding ---------------------------------------------------------------------------------------


def test_two_moderators_at_once_make_one_story() -> None:
    teller = sent()
    stale = Submission.objects.get(pk=teller.submission.pk)
    accept(teller.submission, PersonFactory(group="Moderators"))
    with pytest.raises(ValidationError):
        accept(stale, PersonFactory(group="Moderators"))
    assert StoryPage.objects.filter(title__contains=teller.submission.reference).count() == 1
    page = moderator().post(at("decline", teller), {"reason": "Te laat"}, follow=True).content.decode()
    assert "Intussen heeft iemand anders" in page
    assert teller.submission.state == Submission.State.ACCEPTED


def test_declining_needs_a_reason_that_the_teller_reads() -> None:
    desk, teller = moderator(), sent()
    refused = desk.post(at("decline", teller), {"reason": ""}).content.decode()
    assert "Geef een reden" in refused
    assert teller.submission.is_waiting
    desk.post(at("decline", teller), {"reason": "We zoeken nu verhalen over de grens. Dank u."})
    assert "We zoeken nu verhalen over de grens. Dank u." in teller.read()
    assert teller.submission.erase_on == today() + timedelta(days=30)


# --- erasing ----------------------------------------------------------------------------------------


def test_what_nobody_decided_is_erased_on_the_day_that_was_promised() -> None:
    teller = sent()
    last_day = teller.submission.erase_on
    assert last_day == today() + timedelta(days=90)
    desk = moderator()
    assert str(last_day.year) in desk.get(at("submission", teller)).content.decode()
    assert re.search(rf"{last_day.day} \w+ {last_day.year}", teller.read()), "the teller sees the day too"
    assert tick() == 0
    Submission.objects.update(erase_on=today())
    assert tick() == 1
    assert tick() == 0
    submission = teller.submission
    assert submission.state == Submission.State.EXPIRED
    assert submission.answers == {}
    response = teller.client.get(teller.home)
    assert response.status_code == 410
    assert "niet op tijd geantwoord" in response.content.decode()
    assert "buurvrouw" not in desk.get(at("submission", teller)).content.decode()


def test_a_draft_that_was_never_sent_vanishes(teller: Teller) -> None:
    teller.fill("story", text=TEXT)
    Submission.objects.update(erase_on=today())
    tick()
    assert not Submission.objects.exists()


def test_a_message_gives_more_time() -> None:
    teller = sent()
    Submission.objects.update(erase_on=today() + timedelta(days=1))
    moderator().post(at("reply", teller), {"text": "We lezen het."})
    assert teller.submission.erase_on == today() + timedelta(days=90)


def test_after_erasing_the_way_to_the_story_stays_open() -> None:
    teller = sent()
    accept(teller.submission, PersonFactory(group="Moderators"))
    Submission.objects.update(erase_on=today())
    tick()
    assert teller.submission.answers == {}
    response = teller.client.get(teller.home)
    assert response.status_code == 200
    assert "agreement/" in response.content.decode()


def test_withdrawing_the_story_erases_what_it_was_made_of() -> None:
    teller = sent()
    story = accept(teller.submission, PersonFactory(group="Moderators"))
    withdraw_story(story.translation_key, TELLER)
    assert teller.submission.is_erased
    assert teller.submission.answers == {}


def test_the_trail_names_what_was_done_and_no_word_of_it() -> None:
    desk, teller = moderator(), sent()
    desk.get(at("submission", teller))
    desk.post(at("reply", teller), {"text": "Een geheim antwoord"})
    desk.post(at("accept", teller))
    entries = SubmissionEntry.objects.order_by("pk")
    assert [entry.action for entry in entries] == ["sent", "seen", "replied", "accepted"]
    told = str([(entry.data, str(entry)) for entry in entries])
    assert "geheim" not in told
    assert "buurvrouw" not in told
    with pytest.raises(Exception, match="never changed"):
        entries.update(action="seen")
