"""Real servers for the tests in this folder. Where one cannot run, its tests are skipped and say why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytest_django import Settings

from campaigns.providers.bluesky import BlueskyProvider
from tests.networks.bluesky_network import BlueskyAccount, BlueskyNetwork, Unavailable, running_network
from tests.networks.proxy import AnswerLosingProxy


@pytest.fixture(scope="session")
def bluesky_network() -> Iterator[BlueskyNetwork]:
    """The servers, started once for all tests."""
    with ExitStack() as stack:
        try:
            network = stack.enter_context(running_network())
        except Unavailable as reason:
            pytest.skip(f"No Bluesky to test with: {reason}")
        yield network


@pytest.fixture
def bluesky(bluesky_network: BlueskyNetwork, settings: Settings) -> BlueskyNetwork:
    """A real Bluesky on this machine, which providers may call in this test."""
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True
    return bluesky_network


@pytest.fixture
def losing_proxy(bluesky: BlueskyNetwork) -> Iterator[AnswerLosingProxy]:
    """Stands before the PDS and loses the answers it is told to lose."""
    with AnswerLosingProxy(bluesky.pds).running() as proxy:
        yield proxy


@pytest.fixture
def account(bluesky: BlueskyNetwork) -> BlueskyAccount:
    return bluesky.new_account()


@pytest.fixture
def provider(account: BlueskyAccount) -> BlueskyProvider:
    return BlueskyProvider(account.credentials)
