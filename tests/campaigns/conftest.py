from __future__ import annotations

import pytest

from campaigns.providers import registry
from tests.factories.campaigns import MemoryNetwork, MemoryProvider


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> MemoryNetwork:
    """The network in memory, empty and well-behaved, known under the name "memory"."""
    registry.providers()  # discovers the real ones first
    monkeypatch.setitem(registry._providers, "memory", MemoryProvider)
    monkeypatch.setattr(MemoryProvider, "network", MemoryNetwork())
    return MemoryProvider.network
