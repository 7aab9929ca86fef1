"""Files of consents in these tests go where the test's other files go, and are gone with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils.translation import override

from campaigns.providers import registry
from tests.factories.campaigns import MemoryNetwork, MemoryProvider
from tests.stories.consent.told import Told, tell


@pytest.fixture(autouse=True)
def private_places(settings: Any, tmp_path: Path) -> None:
    settings.CONSENT_TOMBSTONES = tmp_path / "tombstones.jsonl"
    storages = {name: dict(values) for name, values in settings.STORAGES.items()}
    storages["evidence"] = {
        **storages["evidence"],
        "OPTIONS": {**storages["evidence"]["OPTIONS"], "location": str(tmp_path / "evidence")},
    }
    settings.STORAGES = storages


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    """Rate limits count in the cache."""
    cache.clear()


@pytest.fixture(autouse=True)
def read_in_dutch() -> Iterator[None]:
    """A request in German before this test leaves German behind."""
    with override("nl"):
        yield


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> MemoryNetwork:
    registry.providers()
    monkeypatch.setitem(registry._providers, "memory", MemoryProvider)
    monkeypatch.setattr(MemoryProvider, "network", MemoryNetwork())
    return MemoryProvider.network


@pytest.fixture
def told(network: MemoryNetwork) -> Told:
    network.posts["at-the-network"] = object()  # type: ignore[assignment]
    return tell()
