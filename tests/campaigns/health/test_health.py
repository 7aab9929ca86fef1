"""Whether posts go out, who notices when they do not, and who is told."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from campaigns.health import noticing
from campaigns.health.measures import failing_accounts, percentile, punctuality, stuck
from campaigns.health.pulse import beat, look_for_life
from campaigns.models import PlatformPost, PublishAttempt, Pulse, SocialAccount
from campaigns.states import Status
from drieklank.heartbeat import Heartbeat
from tests.campaigns.editor import NOON
from tests.factories.campaigns import MemoryNetwork, SocialAccountFactory, scheduled
from tests.factories.many_posts import make_many_posts
from tests.factories.people import PersonFactory

SILENCE = timedelta(minutes=5)
WORKER = "/health/worker"


@pytest.fixture
def clock(db: None) -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(network: MemoryNetwork, db: None) -> SocialAccount:
    return SocialAccountFactory()


def test_a_heartbeat_shows_that_clock_and_hands_work(clock: Any) -> None:
    assert not look_for_life().alive
    Heartbeat().beat(0.0)
    assert look_for_life().alive


def test_a_clock_without_hands_is_no_worker(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    beat()
    asked: list[Any] = []
    monkeypatch.setattr("campaigns.tasks.show_hands", type("Queue", (), {"enqueue": asked.append}))
    monkeypatch.setattr("campaigns.tasks.show_hands.enqueue", lambda: asked.append(1))
    for __ in range(9):
        clock.shift(timedelta(minutes=1))
        beat()
    life = look_for_life()
    assert (life.heart_beats, life.hands_work) == (True, False)
    assert len(asked) == 1  # questions do not pile up while nobody answers


def test_monitoring_is_answered_by_a_number_alone(clock: Any) -> None:
    beat()
    assert Client().get(WORKER).status_code == 200
    clock.shift(SILENCE)
    response = Client().get(WORKER)
    assert (response.status_code, response.content) == (503, b"silent\n")


def test_people_are_told_once_and_once_when_it_is_back(clock: Any) -> None:
    PersonFactory(group="Campaign staff", email="mila@example.org")
    PersonFactory(group="Editors", email="tom@example.org")
    beat()
    for __ in range(3):
        clock.shift(SILENCE)
        Client().get(WORKER)
    assert [message.to for message in mail.outbox] == [["mila@example.org"]]
    assert "/admin/campaigns/health/" in mail.outbox[0].body
    beat()
    for __ in range(2):
        Client().get(WORKER)
    assert len(mail.outbox) == 2
    assert "/admin/campaigns/planning/" in mail.outbox[1].body


def test_a_mail_that_cannot_be_sent_is_tried_again(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    PersonFactory(group="Campaign staff", email="mila@example.org")

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OSError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr(noticing, "send_mail", refuse)
        noticing.notice()
    assert mail.outbox == []
    noticing.notice()
    assert len(mail.outbox) == 1


def test_a_web_process_notices_by_itself_and_not_at_every_request(
    clock: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CAMPAIGNS_WATCH_WORKER = True
    monkeypatch.setattr(noticing, "_last_look", -1000.0)
    looks: list[int] = []
    monkeypatch.setattr(noticing, "notice", lambda: looks.append(1))
    for __ in range(3):
        Client().get("/robots.txt").close()
    assert looks == [1]


def test_cron_ends_with_an_error_while_it_is_silent(clock: Any) -> None:
    with pytest.raises(CommandError, match="silent"):
        call_command("check_worker")
    beat()
    out = StringIO()
    call_command("check_worker", stdout=out)
    assert "alive" in out.getvalue()


def test_staff_see_a_banner_and_a_page(clock: Any, staff: Client, account: SocialAccount) -> None:
    scheduled(account, NOON + timedelta(hours=1))
    for path in ("/admin/", "/admin/campaigns/health/"):
        assert "achtergrondproces" in staff.get(path).content.decode().lower()
    beat()
    assert "w-help-block" not in staff.get("/admin/").content.decode() or (
        "gaan niet uit" not in staff.get("/admin/").content.decode()
    )


def test_punctuality_counts_the_last_day_alone(clock: Any, account: SocialAccount) -> None:
    assert punctuality() is None
    rows = make_many_posts(
        20, [account], scheduled(account).post.campaign, NOON - timedelta(hours=2), timedelta(minutes=1)
    )
    for number, row in enumerate(rows):
        row.status, row.published_at = Status.PUBLISHED, row.due_at + timedelta(seconds=number)
        row.save()
    old = rows[0]
    PlatformPost.objects.filter(pk=old.pk).update(published_at=NOON - timedelta(hours=25))
    measured = punctuality()
    assert measured is not None
    assert (measured.number, measured.p50, measured.p95) == (19, 10.0, 19.0)


@given(st.lists(st.floats(0, 1e6), min_size=1).map(sorted), st.sampled_from([0.5, 0.95, 1.0]))
def test_a_percentile_is_a_value_that_enough_others_do_not_exceed(values: list[float], share: float) -> None:
    value = percentile(values, share)
    assert value in values
    assert sum(one <= value for one in values) >= share * len(values) - 1e-9
    assert sum(one < value for one in values) < share * len(values)


def test_what_should_have_moved_is_stuck(clock: Any, account: SocialAccount) -> None:
    waits, taken, fine = (scheduled(account, NOON) for __ in range(3))
    clock.shift(timedelta(minutes=10))
    PlatformPost.objects.filter(pk=taken.pk).update(
        status=Status.PUBLISHING, lease_until=NOON + timedelta(minutes=3)
    )
    PlatformPost.objects.filter(pk=fine.pk).update(status=Status.PUBLISHED)
    assert {row.pk for row in stuck()} == {waits.pk, taken.pk}


def test_accounts_in_trouble_are_named(clock: Any, account: SocialAccount) -> None:
    row = scheduled(account, NOON)
    PublishAttempt.objects.create(
        platform_post=row,
        kind=PublishAttempt.Kind.PUBLISH,
        outcome=PublishAttempt.Outcome.REFUSED,
        idempotency_key="x",
        started_at=NOON,
    )
    SocialAccountFactory()
    assert [(one.account, one.failures) for one in failing_accounts()] == [(account, 1)]
    clock.shift(timedelta(hours=25))
    assert failing_accounts() == []


def test_signs_of_life_are_two_rows_however_long_it_beats(clock: Any) -> None:
    for __ in range(5):
        clock.shift(timedelta(minutes=2))
        beat()
    assert Pulse.objects.count() == 2
