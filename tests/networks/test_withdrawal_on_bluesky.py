"""A story withdrawn for good: from the site in three languages, and from a real Bluesky, by a worker that is killed
in every step on the way."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from campaigns.models import PlatformPost
from campaigns.states import Status
from campaigns.ticking import tick as tick_campaigns
from stories.consent.models import Step, Withdrawal
from stories.consent.proof import proof_of
from stories.models import StoryPage
from tests.factories.campaigns import CampaignFactory, scheduled
from tests.networks.bluesky_network import BlueskyAccount, BlueskyNetwork
from tests.networks.test_worker_on_bluesky import connect, has_status
from tests.processes import ROOT, running_worker, surroundings, wait_until
from tests.stories.consent.conftest import private_places  # noqa: F401
from tests.stories.consent.told import (
    SECRET,
    Told,
    announce,
    files_in_media,
    tables_that_tell,
    tell,
    visit_everything,
)

STEP_SECONDS = 120

pytestmark = [
    pytest.mark.network,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(900),  # a dozen processes start one after the other
]


@pytest.fixture
def places(settings: Any, tmp_path: Path) -> dict[str, str]:
    """One cache, one list of tombstones for all processes, as on a server."""
    cache = tmp_path / "cache"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": cache}
    }
    caches["default"].clear()
    return {
        "CACHE_URL": f"filecache://{cache}",
        "CONSENT_TOMBSTONES": str(settings.CONSENT_TOMBSTONES),
        "CONSENT_EVIDENCE_ROOT": str(tmp_path / "evidence"),
    }


def caches_tell(places: dict[str, str]) -> bool:
    folder = Path(places["CACHE_URL"].removeprefix("filecache://"))
    return any(SECRET.lower().encode() in _content(path).lower() for path in folder.rglob("*.djcache"))


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    try:
        return zlib.decompress(data[data.index(b".") + 1 :])  # pickled moment of expiry, then the value
    except (zlib.error, ValueError):
        return data


@pytest.fixture
def owner(bluesky: BlueskyNetwork) -> BlueskyAccount:
    return bluesky.new_account()


@pytest.fixture
def told(owner: BlueskyAccount, places: dict[str, str], settings: Any) -> Told:
    """Online in three languages; one message on Bluesky, sent by the real worker, and one that waits."""
    with override("nl"):
        story = tell(partial(announce_on_bluesky, owner=owner))
    out = PlatformPost.objects.filter(account__provider="bluesky").earliest("due_at")
    with running_worker(**places):
        wait_until(partial(has_status, out, Status.PUBLISHED), "the message is out", lambda: vars(out))
    return story


def announce_on_bluesky(page: StoryPage, owner: BlueskyAccount) -> str:
    account, campaign = connect(owner), CampaignFactory()
    message = partial(
        scheduled, account, campaign=campaign, page=page, image=page.share_image, image_alt=f"Alt {SECRET}"
    )
    message(due_at=timezone.now(), text=f"Lees het geheim van {SECRET}!")
    message(due_at=timezone.now() + timedelta(days=2), text=f"Morgen meer van {SECRET}.")
    return announce(page, providers=(("website", False),))


# --- looking at the network -------------------------------------------------------------------------


def repository(bluesky: BlueskyNetwork, owner: BlueskyAccount) -> bytes:
    """Every byte that the network keeps of this account: its whole repository as anybody can export it."""
    answer = requests.get(
        f"{bluesky.pds}/xrpc/com.atproto.sync.getRepo", params={"did": owner.did}, timeout=30
    )
    assert answer.ok, answer.text
    return answer.content


def blobs(bluesky: BlueskyNetwork, owner: BlueskyAccount) -> list[str]:
    found = bluesky.call("GET", "com.atproto.sync.listBlobs", params={"did": owner.did})
    return list(found["cids"])


def seen_by_readers(bluesky: BlueskyNetwork, owner: BlueskyAccount) -> str:
    """What the AppView shows of the account."""
    bluesky.process()
    answer = requests.get(
        f"{bluesky.appview}/xrpc/app.bsky.feed.getAuthorFeed", params={"actor": owner.did}, timeout=30
    )
    assert answer.ok, answer.text
    return answer.text


# --- killing ----------------------------------------------------------------------------------------


Ends = Callable[..., int]
"""Starts a process that does a step, and answers what it ended with."""


@pytest.fixture
def ends(told: Told, places: dict[str, str]) -> Iterator[Ends]:
    """Where processes come from: started once, after the story is told, because starting is what takes long."""
    nursery = subprocess.Popen(
        [sys.executable, "tests/networks/dying.py"],
        cwd=ROOT,
        env=surroundings(**places),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    written, read = nursery.stdin, nursery.stdout

    def end_of(role: str, step: Step, *key: str) -> int:
        print(role, step.value, *key, file=written, flush=True)
        ready, __, __ = select.select([read], [], [], STEP_SECONDS)
        assert ready, f"the process did not end in {step}"
        return int(read.readline())

    try:
        yield end_of
    finally:
        os.killpg(nursery.pid, signal.SIGKILL)  # the one that gives birth, and a child that hangs
        nursery.wait(30)


def dies_in(step: Step, role: str, *key: str, ends: Ends) -> None:
    """A process does the step and is killed before it can note it."""
    assert ends(role, step, *key) == -signal.SIGKILL, f"it was killed in {step}"
    withdrawal = Withdrawal.objects.get()
    assert not withdrawal.steps.filter(name=step).exists(), "and had not noted it"
    assert not withdrawal.is_done


def time_passes() -> None:
    """Claims of dead workers end."""
    long_ago = timezone.now() - timedelta(seconds=1)
    Withdrawal.objects.update(lease_until=None)
    PlatformPost.objects.exclude(lease_until=None).update(lease_until=long_ago)
    PlatformPost.objects.update(nudged_at=None)


def is_over() -> bool:
    tick_campaigns()
    withdrawal = Withdrawal.objects.get()
    return withdrawal.is_done and proof_of(withdrawal).is_final


def test_killed_in_every_step_nothing_is_left_anywhere(
    told: Told, bluesky: BlueskyNetwork, owner: BlueskyAccount, places: dict[str, str], ends: Ends
) -> None:
    client = Client()
    # Before: it is everywhere, or what follows would prove nothing.
    for address in [*told.addresses, *told.places]:
        assert SECRET.lower() in client.get(address).content.decode().lower(), address
    assert SECRET.encode() in repository(bluesky, owner)
    assert len(blobs(bluesky, owner)) == 1
    assert SECRET in seen_by_readers(bluesky, owner)

    first, *others = Step
    dies_in(first, "withdraw", str(told.key), ends=ends)
    assert [client.get(address).status_code for address in told.addresses] == [410, 410, 410]
    for step in others:
        time_passes()
        dies_in(step, "worker", ends=ends)
    time_passes()
    with running_worker(**places):
        wait_until(is_over, "everything is erased", lambda: proof_of(Withdrawal.objects.get()).open)

    assert SECRET not in visit_everything(told, client)
    assert [client.get(address).status_code for address in told.addresses] == [410, 410, 410]
    assert tables_that_tell() == []
    assert not told.files & files_in_media()
    assert not caches_tell(places)
    assert SECRET.encode() not in repository(bluesky, owner)
    assert bluesky.records(owner) == []
    assert blobs(bluesky, owner) == []
    assert SECRET not in seen_by_readers(bluesky, owner)
    statuses = PlatformPost.objects.filter(account__provider="bluesky").values_list("status", flat=True)
    assert sorted(statuses) == [Status.CANCELLED, Status.REMOVED]
