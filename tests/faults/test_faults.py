"""A small storm: real workers, killed under way, and networks that misbehave. ``make faults`` makes a large one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.fakes.accounts import all_networks
from tests.faults.databases import Database
from tests.faults.run import Size, run
from tests.processes import database_url

SMALL = Size(
    posts=48,
    workers=2,
    threads=3,
    minutes=4,
    hangs=0,
    kill_every=12,
    lease_seconds=20,
    accounts=1,
)
SEED = 20261122  # the same storm each time; `make faults` makes another one


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_in_a_storm_nothing_is_doubled_lost_or_stuck(tmp_path: Path, settings: Any) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True
    settings.MEDIA_ROOT = tmp_path / "media"
    server = all_networks()
    with server.running():
        settings.CAMPAIGNS_NETWORK_HOSTS = server.hosts
        outcome = run(
            SMALL, Database(database_url()), server=server, folder=tmp_path, seed=SEED, say=lambda words: None
        )

    assert outcome.faults > 10
    assert str(outcome) == "doubled 0 lost 0 stuck 0 of 48", outcome.details
