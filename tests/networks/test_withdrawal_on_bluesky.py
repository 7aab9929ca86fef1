"""A story withdrawn for good: from the site in three languages, and from a real Bluesky, by a worker that is killed
in every step on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
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


def dies_in(step: Step, role: str, *key: str, places: dict[str, str]) -> None:
    """A process does the step and is killed before it can note it."""
    process = subprocess.Popen(
        [sys.executable, "tests/networks/dying.py", role, step.value, *key],
        cwd=ROOT,
        env=surroundings(**places),
        stdout=subprocess.DEVNULL,
    )
    with ends_with(process):
        assert process.wait(120) == -signal.SIGKILL, f"it was killed in {step}"
    withdrawal = Withdrawal.objects.get()
    assert not withdrawal.steps.filter(name=step).exists(), "and had not noted it"
    assert not withdrawal.is_done


@contextmanager
def ends_with(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait(30)


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
    told: Told, bluesky: BlueskyNetwork, owner: BlueskyAccount, places: dict[str, str], client: Client
) -> None:
    # Before: it is everywhere, or what follows would prove nothing.
    for address in [*told.addresses, *told.places]:
        assert SECRET.lower() in client.get(address).content.decode().lower(), address
    assert SECRET.encode() in repository(bluesky, owner)
    assert len(blobs(bluesky, owner)) == 1
    assert SECRET in seen_by_readers(bluesky, owner)

    first, *others = Step
    dies_in(first, "withdraw", str(told.key), places=places)
    assert [client.get(address).status_code for address in told.addresses] == [410, 410, 410]
    for step in others:
        time_passes()
        dies_in(step, "worker", places=places)
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
