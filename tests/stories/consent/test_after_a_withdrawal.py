"""What a teller holds in hand after a withdrawal, and a backup that brings the story back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from stories.consent.actions import TELLER, withdraw_story
from stories.consent.cascade import running
from stories.consent.cascade.restoring import apply_tombstones
from stories.consent.models import ConsentRecord, Step, Withdrawal
from stories.consent.proof import is_genuine, signed_proof
from stories.models import StoryPage
from tests.factories.pages import StoryPageFactory
from tests.stories.consent.told import SECRET, Told, finish, tables_that_tell

pytestmark = pytest.mark.django_db


def test_the_proof_is_ours_and_nobody_can_change_it(
    told: Told, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(told.key, TELLER)
        finish(told)
    text = signed_proof(Withdrawal.objects.get())
    assert SECRET not in text
    assert is_genuine(text)
    content = json.loads(text)
    assert len(content["done"]) >= len(Step)
    content["done"][0]["at"] = "2001-01-01"
    (tmp_path / "proof.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("verify_proof", tmp_path / "proof.json")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"seal": 5}', "\x00"])
def test_nonsense_is_no_proof(text: str) -> None:
    assert not is_genuine(text)


# --- a backup comes back ----------------------------------------------------------------------------


def test_a_restored_backup_is_erased_again(
    told: Told, client: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    reference = Withdrawal(story_key=told.key)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(told.key, TELLER)
        finish(told)
    line = settings.CONSENT_TOMBSTONES.read_text(encoding="utf-8")
    assert SECRET.lower() not in line.lower()
    assert reference.story_key is not None
    # The database is an older one: the story is back, nobody knows of a withdrawal.
    Withdrawal.objects.all().delete()
    ConsentRecord.objects.update(state=ConsentRecord.State.ACTIVE, withdrawn_at=None)
    StoryPageFactory(
        title=f"Het geheim van {SECRET}", translation_key=told.key, slug="terug", is_example=False, live=False
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert apply_tombstones() == 1
    assert not StoryPage.objects.filter(translation_key=told.key).exists()
    assert tables_that_tell() == []
    assert ConsentRecord.objects.get().state == ConsentRecord.State.WITHDRAWN
    assert [client.get(address).status_code for address in told.addresses] == [410, 410, 410]
    assert apply_tombstones() == 0


def test_a_half_written_tombstone_stops_nothing(told: Told, settings: Any) -> None:
    settings.CONSENT_TOMBSTONES.write_text('{"reference": "12', encoding="utf-8")
    running.run_withdrawal(withdraw_story(told.key, TELLER).pk)
    assert len(settings.CONSENT_TOMBSTONES.read_text(encoding="utf-8").splitlines()) == 2
    assert apply_tombstones() == 0
