"""Every network that is faked, with an account on it."""

from __future__ import annotations

from collections.abc import Callable

from campaigns.providers.base import Credentials, Session, SocialProvider
from campaigns.providers.facebook import FacebookProvider
from campaigns.providers.instagram import InstagramProvider
from campaigns.providers.linkedin import LinkedInProvider
from campaigns.providers.mastodon import MastodonProvider
from campaigns.providers.threads import ThreadsProvider
from campaigns.providers.x import XProvider
from tests.fakes.bluesky import FakeBluesky
from tests.fakes.linkedin import FakeLinkedIn
from tests.fakes.mastodon import FakeMastodon
from tests.fakes.meta import FakeFacebook, FakeInstagram, FakeThreads
from tests.fakes.server import FakeNetwork, FakeServer
from tests.fakes.x import FakeX

TOKEN = FakeNetwork.token

PROVIDERS: dict[str, type[SocialProvider]] = {
    "mastodon": MastodonProvider,
    "facebook": FacebookProvider,
    "instagram": InstagramProvider,
    "threads": ThreadsProvider,
    "linkedin": LinkedInProvider,
    "x": XProvider,
}
FAKES: dict[str, Callable[[], FakeNetwork]] = {
    "mastodon": FakeMastodon,
    "facebook": FakeFacebook,
    "instagram": FakeInstagram,
    "threads": FakeThreads,
    "linkedin": FakeLinkedIn,
    "x": FakeX,
}


def all_networks() -> FakeServer:
    """A server with all of them, not running yet."""
    server = FakeServer(FakeBluesky(), *(fake() for fake in FAKES.values()))
    linkedin = server.networks["linkedin"]
    assert isinstance(linkedin, FakeLinkedIn)
    linkedin.address = server.address
    return server


def credentials(name: str, server: FakeServer) -> dict[str, str]:
    own = {
        "mastodon": {"server": server.address},
        "facebook": {"page_id": "77"},
        "instagram": {"user_id": "55"},
        "threads": {"user_id": "55"},
        "linkedin": {"organisation": "99"},
        "x": {"user_id": "33"},
    }
    return {**own[name], "access_token": TOKEN}


def connected(name: str, server: FakeServer, session: Session | None = None, **other: str) -> SocialProvider:
    given: Credentials = {**credentials(name, server), **other}
    return PROVIDERS[name](given, session)
