"""A withdrawn story: gone in three languages, everywhere, to the last byte; killed anywhere, the end is the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client
from django.utils import timezone

from campaigns.models import PlatformPost, Post
from campaigns.states import Status
from stories.consent.actions import TELLER, officer, withdraw_story
from stories.consent.cascade import running
from stories.consent.models import AuditEntry, Step, Withdrawal
from stories.consent.proof import proof_of
from tests.factories.campaigns import MemoryNetwork, MemoryProvider
from tests.factories.pages import StoryPageFactory
from tests.stories.consent.told import (
    SECRET,
    Told,
    caches_tell,
    files_in_media,
    finish,
    tables_that_tell,
    visit_everything,
)

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What a kill looks like from inside: nothing of ours catches it."""


def assert_nothing_is_left(told: Told, client: Client, network: MemoryNetwork) -> None:
    assert SECRET not in visit_everything(told, client)
    assert [client.get(address).status_code for address in told.addresses] == [410, 410, 410]
    assert tables_that_tell() == []
    assert not told.files & files_in_media()
    assert not caches_tell()
    assert network.posts == {}
    withdrawal = Withdrawal.objects.get()
    assert withdrawal.is_done
    assert withdrawal.inventory == {}
    assert proof_of(withdrawal).is_final


def test_before_it_is_withdrawn_the_story_is_everywhere(told: Told, client: Client) -> None:
    """Else the tests below would find nothing, and prove nothing."""
    for address in [*told.addresses, *told.places]:
        assert SECRET.lower() in client.get(address).content.decode().lower(), address
    tables = " ".join(tables_that_tell())
    for name in (
        "revision",
        "pagelogentry",
        "comment",
        "taskstate",
        "string",
        "indexentry",
        "post",
        "redirect",
    ):
        assert name in tables
    assert len(told.files) > 8


def test_afterwards_nothing_is_left_anywhere(
    told: Told, client: Client, network: MemoryNetwork, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(told.key, TELLER)
        finish(told)
    assert_nothing_is_left(told, client, network)


def test_nobody_reads_it_from_the_first_moment_on(told: Told, client: Client) -> None:
    withdraw_story(told.key, TELLER)  # and no worker has done anything yet
    assert [client.get(address).status_code for address in told.addresses] == [410, 410, 410]
    assert client.get(f"{told.addresses[0]}pdf/").status_code == 410
    assert client.get(told.addresses[0].upper().replace("/NL/", "/nl/")).status_code == 410
    assert client.get(f"/nl/levensverhalen/vroeger-{SECRET.lower()}/").status_code == 410
    assert SECRET not in visit_everything(told, client)


def test_an_address_beside_it_is_not_gone(told: Told, client: Client) -> None:
    other = StoryPageFactory(title="Een ander")
    withdraw_story(told.key, TELLER)
    assert client.get(other.url).status_code == 200
    assert client.get("/nl/levensverhalen/bestaat-niet/").status_code == 404


@dataclass
class Stage:
    """What a test about kills needs, in one hand."""

    told: Told
    network: MemoryNetwork
    client: Client
    patch: pytest.MonkeyPatch
    committing: Any

    def withdraw(self) -> None:
        """A kill ends the request, or the task that came after it."""
        with suppress(Killed), self.committing(execute=True):
            withdraw_story(self.told.key, TELLER)

    def go_on(self) -> None:
        with self.committing(execute=True):
            finish(self.told)


@pytest.fixture
def stage(
    told: Told, network: MemoryNetwork, client: Client, django_capture_on_commit_callbacks: Any
) -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as patch:
        yield Stage(told, network, client, patch, django_capture_on_commit_callbacks)


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_step_it_ends_the_same(when: str, step: Step, stage: Stage) -> None:
    work = running.WORK[step]

    def killed(withdrawal: Withdrawal) -> dict[str, Any]:
        if when == "after":
            work(withdrawal)
        raise Killed

    stage.patch.setitem(running.WORK, step, killed)
    stage.withdraw()
    assert not Withdrawal.objects.get().steps.filter(name=step).exists(), "it was killed here"
    stage.patch.undo()
    stage.go_on()
    assert_nothing_is_left(stage.told, stage.client, stage.network)


def test_killed_between_two_files_it_ends_the_same(stage: Stage) -> None:
    deleted: list[str] = []
    delete = FileSystemStorage.delete

    def deletes_twice(self: FileSystemStorage, name: str) -> None:
        if len(deleted) == 2:
            raise Killed
        deleted.append(name)
        delete(self, name)

    stage.patch.setattr(FileSystemStorage, "delete", deletes_twice)
    stage.withdraw()
    assert stage.told.files & files_in_media(), "it was killed here"
    stage.patch.undo()
    stage.go_on()
    assert_nothing_is_left(stage.told, stage.client, stage.network)


def test_twice_and_by_two_people_is_the_same_as_once(told: Told) -> None:
    first = withdraw_story(told.key, TELLER)
    second = withdraw_story(told.key, officer(None))
    assert first.pk == second.pk
    assert AuditEntry.objects.filter(action="withdrawn").count() == 1


def test_two_workers_do_not_work_on_one_withdrawal(told: Told) -> None:
    withdrawal = withdraw_story(told.key, TELLER)
    assert running._claim(withdrawal.pk) is not None
    assert running.run_withdrawal(withdrawal.pk) is False


def test_what_somebody_else_shows_is_kept_and_named_as_open_work(
    told: Told, django_capture_on_commit_callbacks: Any
) -> None:
    image = told.versions["nl"].share_image
    other = StoryPageFactory(title="Een ander", share_image=image, share_image_alt="Een heuvel")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(told.key, TELLER)
        finish(told)
    other.refresh_from_db()
    assert other.share_image is not None
    proof = proof_of(Withdrawal.objects.get())
    assert not proof.is_final
    assert "ook ergens anders" in proof.open[0].what


def test_a_network_that_deletes_nothing_stays_open_work(
    told: Told, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    from dataclasses import replace

    monkeypatch.setattr(MemoryProvider, "capabilities", replace(MemoryProvider.capabilities, delete=False))
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(told.key, TELLER)
        finish(told)
        finish(told)
    assert tables_that_tell() == [], "its words are erased here all the same"
    [line] = proof_of(Withdrawal.objects.get()).open
    assert "Memory" in line.what
    assert "met de hand" in line.detail or "zelf" in line.detail
    PlatformPost.objects.filter(status=Status.PUBLISHED).update(
        status=Status.REMOVED, removed_at=timezone.now()
    )
    assert proof_of(Withdrawal.objects.get()).is_final


def test_a_post_that_was_being_sent_is_taken_down_when_it_arrives(
    told: Told, network: MemoryNetwork, django_capture_on_commit_callbacks: Any
) -> None:
    sent = PlatformPost.objects.get(status=Status.SCHEDULED)
    PlatformPost.objects.filter(pk=sent.pk).update(
        status=Status.PUBLISHING, lease_until=timezone.now(), claim_token=Withdrawal().reference
    )
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(told.key, TELLER)
    assert not proof_of(Withdrawal.objects.get()).is_final
    network.posts["late"] = object()  # type: ignore[assignment]
    PlatformPost.objects.filter(pk=sent.pk).update(status=Status.PUBLISHED, remote_id="late")
    with django_capture_on_commit_callbacks(execute=True):
        finish(told)
    assert network.posts == {}
    assert tables_that_tell() == []


def test_counts_of_a_post_stay(told: Told, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(told.key, TELLER)
        finish(told)
    assert Post.objects.count() == 3
    assert PlatformPost.objects.filter(status=Status.REMOVED).count() == 2
