"""Before a consent ends people hear of it; on the day after its last one the story is offline by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from stories.consent.actions import TELLER, withdraw_story
from stories.consent.models import AuditEntry, ConsentRecord
from stories.consent.ticking import tick
from stories.models import StoryPage
from tests.factories.consents import agree, approve, consented_story, newest_content, real_story, reload
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LAST_DAY = date(2027, 3, 31)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 9, 1, 9, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def story(clock: Any) -> StoryPage:
    PersonFactory(group="Consent officers", email="officer@example.org", language="de")
    story = real_story()
    approve(agree(story, until=LAST_DAY))
    newest_content(story).save_revision().publish()
    return reload(story)


def at(clock: Any, days_before: int, hour: int = 9) -> None:
    clock.move_to(datetime(2027, 3, 31, hour, tzinfo=UTC) - timedelta(days=days_before))


def subjects(mailoutbox: Any, to: str) -> list[str]:
    return [mail.subject for mail in mailoutbox if mail.to == [to]]


def test_officers_and_teller_hear_of_it_60_30_and_7_days_before(
    story: StoryPage, clock: Any, mailoutbox: Any
) -> None:
    for days in range(70, -1, -1):
        at(clock, days)
        tick()
        tick()
    assert subjects(mailoutbox, "officer@example.org") == [
        "Eine Einwilligung endet in 60 Tagen",
        "Eine Einwilligung endet in 30 Tagen",
        "Eine Einwilligung endet in 7 Tagen",
    ]
    assert subjects(mailoutbox, "johanna@example.org") == ["Uw toestemming loopt binnenkort af"] * 3
    assert all(story.title not in mail.body for mail in mailoutbox), "a mail tells nothing of the story"


def test_the_link_in_a_reminder_opens_what_was_agreed_to(
    story: StoryPage, clock: Any, mailoutbox: Any, client: Client
) -> None:
    at(clock, 60)
    tick()
    [mail] = [mail for mail in mailoutbox if mail.to == ["johanna@example.org"]]
    address = next(word for word in mail.body.split() if word.startswith("http://localhost:8000"))
    assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200


def test_a_reminder_that_nobody_sent_in_time_is_caught_up_once(
    story: StoryPage, clock: Any, mailoutbox: Any
) -> None:
    at(clock, 20)
    tick()
    at(clock, 19)
    tick()
    assert subjects(mailoutbox, "officer@example.org") == ["Eine Einwilligung endet in 20 Tagen"]


def test_when_no_mail_server_answers_it_is_tried_again(
    story: StoryPage, clock: Any, mailoutbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise OSError("no mail server")

    at(clock, 30)
    with monkeypatch.context() as patch:
        patch.setattr("stories.consent.mail.send_mail", broken)
        tick()
    assert mailoutbox == []
    tick()
    assert len(subjects(mailoutbox, "officer@example.org")) == 1


def test_a_longer_consent_is_reminded_of_anew(story: StoryPage, clock: Any, mailoutbox: Any) -> None:
    at(clock, 7)
    tick()
    record = ConsentRecord.objects.get()
    record.until = LAST_DAY + timedelta(days=365)
    record.save()
    clock.move_to(datetime(2028, 3, 23, 9, tzinfo=UTC))
    tick()
    assert len(subjects(mailoutbox, "officer@example.org")) == 2


def test_nobody_is_reminded_of_a_story_that_is_not_online(
    story: StoryPage, clock: Any, mailoutbox: Any
) -> None:
    story.unpublish()
    at(clock, 30)
    tick()
    assert mailoutbox == []


def test_the_story_is_read_until_midnight_of_its_last_day_and_no_longer(
    story: StoryPage, clock: Any, client: Client
) -> None:
    clock.move_to(datetime(2027, 3, 31, 21, 59, tzinfo=UTC))  # 23:59 in Maastricht, in summer time
    assert client.get(story.url).status_code == 200
    clock.move_to(datetime(2027, 3, 31, 22, 0, tzinfo=UTC))
    assert client.get(story.url).status_code == 404, "nobody waits for a worker"
    assert reload(story).live
    tick()
    assert not reload(story).live


def test_the_end_is_told_once_and_nothing_is_erased(story: StoryPage, clock: Any, mailoutbox: Any) -> None:
    clock.move_to(datetime(2027, 4, 1, 9, tzinfo=UTC))
    tick()
    tick()
    assert len(subjects(mailoutbox, "officer@example.org")) == 1
    assert subjects(mailoutbox, "johanna@example.org") == ["Uw verhaal is nu offline"]
    assert reload(story).body == story.body
    assert AuditEntry.objects.filter(action="taken_offline").count() == 1


def test_an_ended_consent_that_is_prolonged_lets_the_story_back_online(story: StoryPage, clock: Any) -> None:
    clock.move_to(datetime(2027, 4, 1, 9, tzinfo=UTC))
    tick()
    record = ConsentRecord.objects.get()
    record.until = date(2028, 4, 1)
    record.save()
    newest_content(reload(story)).save_revision().publish()
    assert reload(story).live


# --- minors -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2009, 11, 20), date(2027, 11, 19)),
        (date(2008, 2, 29), date(2026, 2, 28)),  # 18 on 1 March 2026: there is no 29 February
    ],
)
def test_the_consent_of_a_minor_ends_the_day_before_they_are_18(born: date, last: date) -> None:
    identity = {"name": "Mila", "birth_date": born.isoformat(), "guardian": "Haar moeder"}
    with time_machine.travel(datetime(2025, 9, 1, 9, tzinfo=UTC), tick=False):
        record = agree(real_story(), until=date(2030, 1, 1), is_minor=True, identity=identity)
    assert record.ends_on == last


def test_at_18_they_are_asked_themselves(clock: Any, mailoutbox: Any, client: Client) -> None:
    officer = PersonFactory(group="Consent officers", language="nl")
    identity = {
        "name": "Mila",
        "email": "mila@example.org",
        "birth_date": "2009-03-31",
        "guardian": "Haar moeder",
    }
    story = consented_story_of_minor(identity)
    clock.move_to(datetime(2027, 3, 1, 9, tzinfo=UTC))
    tick()
    to_teller = next(mail for mail in mailoutbox if mail.to == ["mila@example.org"])
    assert "binnenkort 18" in to_teller.body
    to_officer = next(mail for mail in mailoutbox if mail.to == [officer.email])
    assert "opnieuw" in to_officer.body
    clock.move_to(datetime(2027, 3, 31, 9, tzinfo=UTC))  # the birthday
    assert client.get(story.url).status_code == 404
    tick()
    assert not reload(story).live


def consented_story_of_minor(identity: dict[str, str]) -> StoryPage:
    story = real_story()
    approve(agree(story, until=date(2030, 1, 1), is_minor=True, identity=identity))
    newest_content(story).save_revision().publish()
    return reload(story)


# --- long afterwards --------------------------------------------------------------------------------


def test_two_years_after_a_withdrawal_the_names_are_gone_and_the_trail_stays(
    clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    story = consented_story()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(story.translation_key, TELLER)
    clock.shift(timedelta(days=729))
    tick()
    assert ConsentRecord.objects.get().identity["name"]
    clock.shift(timedelta(days=2))
    tick()
    assert ConsentRecord.objects.get().identity == {}
    assert AuditEntry.objects.count() >= 3
