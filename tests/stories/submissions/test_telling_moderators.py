"""Those who look after submissions hear by mail that there is something to read, and nothing of what it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from stories.submissions.deciding import release
from stories.submissions.models import Submission
from stories.submissions.ticking import tick
from tests.factories.people import PersonFactory
from tests.stories.submissions.telling import Teller, sent

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def person() -> Any:
    return PersonFactory(group="Moderators")


def test_the_first_is_told_at_once_and_the_next_ones_together_a_day_later(person: Any) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sent()
        tick()
        assert [message.to for message in mail.outbox] == [[person.email]]
        assert "1 nieuwe inzending" in mail.outbox[0].subject
        sent()
        sent()
        tick()
        assert len(mail.outbox) == 1, "not more than once a day"
        clock.shift(timedelta(days=1, minutes=1))
        tick()
        tick()
    assert len(mail.outbox) == 2
    assert "2 nieuwe inzendingen" in mail.outbox[1].subject
    assert "De oudste wacht al 1 dag." in mail.outbox[1].body


def test_the_mail_holds_numbers_and_an_address_and_no_word_of_a_story(person: Any, settings: Any) -> None:
    teller = sent()
    tick()
    [message] = mail.outbox
    assert settings.WAGTAILADMIN_BASE_URL + reverse("submissions:queue") in message.body
    for word in ("buurvrouw", "Mila", "mila@example.org", "ostbelgien", teller.submission.reference):
        assert word not in f"{message.subject} {message.body}"


def test_nobody_is_told_of_drafts_or_of_what_is_held_back_before_it_is_let_in(person: Any) -> None:
    Teller.who_begins().tell()
    held = Teller.who_begins(website="x").tell().send()
    tick()
    assert mail.outbox == []
    release(held.submission, person)
    tick()
    assert len(mail.outbox) == 1


def test_when_no_mail_server_answers_it_is_tried_again(person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sent()

    def refuses(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("stories.submissions.telling.send_mail", refuses)
        tick()
    assert Submission.objects.filter(told_at=None).exists()
    tick()
    assert len(mail.outbox) == 1
