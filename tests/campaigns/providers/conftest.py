from __future__ import annotations

from collections.abc import Iterator

import pytest
import responses

from campaigns.providers.bluesky import BlueskyProvider
from tests.campaigns.providers.fake_pds import BLOB, CREDENTIALS, SESSION, FakePds


@pytest.fixture
def pds() -> Iterator[FakePds]:
    """A server that signs in and takes pictures; the rest is for the test to say."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        server = FakePds(mock)
        server.answers("com.atproto.server.createSession", SESSION)
        server.answers("com.atproto.repo.uploadBlob", {"blob": BLOB})
        yield server


@pytest.fixture
def provider() -> BlueskyProvider:
    return BlueskyProvider(CREDENTIALS)
