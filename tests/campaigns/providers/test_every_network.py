"""What holds for every network: nothing is doubled, nothing is lost, no answer however odd is taken for another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from campaigns.providers.base import Failure, OutgoingPost, ProviderError, Session, SocialProvider, Steps
from tests.campaigns.providers.fake_pds import photo
from tests.fakes.accounts import PROVIDERS, all_networks, connected, credentials
from tests.fakes.server import ANSWERS, FakeNetwork, FakeServer, Fault, Request

NETWORKS = sorted(PROVIDERS)
POST = OutgoingPost(
    text="Vijf verhalen 🌻 over buren & grenzen #Limburg",
    language="nl",
    idempotency_key="0f1e2d3c",
    created_at=datetime.now(UTC) - timedelta(minutes=1),
    images=(replace(photo(120, 100), url="https://drieklank.test/media/brug.jpg"),),
)
LINK = "https://drieklank.test/s/abcdefgh"
SLOW = {"10 megabytes"}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)


@pytest.fixture
def server(settings: Any) -> Iterator[FakeServer]:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True
    with all_networks().running() as running:
        settings.CAMPAIGNS_NETWORK_HOSTS = running.hosts
        settings.CAMPAIGNS_APPS = {name: {"id": "app", "secret": "app-secret"} for name in NETWORKS}
        yield running


@pytest.fixture(params=NETWORKS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def network(name: str, server: FakeServer) -> FakeNetwork:
    return server.networks[name]


@pytest.fixture
def provider(name: str, server: FakeServer) -> SocialProvider:
    return connected(name, server)


@pytest.fixture
def post() -> OutgoingPost:
    return replace(POST, steps=Steps(), link=LINK)


def when_publishing(kind: str, *, after: bool = False) -> Any:
    def decide(request: Request, publishes: bool) -> Fault | None:
        return Fault(kind, after) if publishes else None

    return decide


def fails(provider: SocialProvider, post: OutgoingPost) -> ProviderError:
    with pytest.raises(ProviderError) as raised:
        provider.publish(post)
    return raised.value


def test_a_message_goes_out_and_can_be_found_measured_and_taken_down(
    provider: SocialProvider, network: FakeNetwork, post: OutgoingPost
) -> None:
    result = provider.publish(post)

    assert len(network.posts) == 1
    assert LINK in network.newest_first()[0].text.replace("\\", "")
    assert result.url.startswith("https://")
    found = provider.find(post)
    assert found is not None
    assert found.remote_id == result.remote_id
    figures = provider.fetch_metrics([result.remote_id])[result.remote_id]
    assert set(figures) == set(provider.capabilities.metrics)
    provider.delete(result.remote_id)
    provider.delete(result.remote_id)
    assert network.posts == {}
    assert provider.fetch_metrics([result.remote_id]) == {}


@pytest.mark.parametrize("with_link", [True, False])
@pytest.mark.parametrize(
    "kind", ["drop", "500", "html", "invalid utf-8", "half an answer", "a list", "redirect", "error inside"]
)
def test_an_answer_that_tells_nothing_after_it_arrived_is_looked_up_and_never_sent_again(  # noqa: PLR0917
    kind: str,
    with_link: bool,
    provider: SocialProvider,
    network: FakeNetwork,
    server: FakeServer,
    post: OutgoingPost,
) -> None:
    if not with_link:
        post = replace(post, link="")
    server.faults = when_publishing(kind, after=True)
    error = fails(provider, post)
    server.faults = lambda request, publishes: None

    assert error.failure is Failure.UNKNOWN, error.detail
    found = provider.find(post)
    assert found is not None
    assert len(network.posts) == 1


@pytest.mark.parametrize(
    "kind", ["drop", "reset", "500", "502", "html", "10 megabytes", "error inside", "429", "429 with a time"]
)
def test_a_message_that_did_not_arrive_is_not_found_and_goes_out_once_at_the_next_try(
    kind: str, provider: SocialProvider, network: FakeNetwork, server: FakeServer, post: OutgoingPost
) -> None:
    server.faults = when_publishing(kind)
    error = fails(provider, post)
    server.faults = lambda request, publishes: None

    waits = kind.startswith("429")
    assert error.failure is (Failure.TEMPORARY if waits else Failure.UNKNOWN)
    assert error.retry_after == (1 if kind == "429 with a time" else None)
    assert provider.find(post) is None
    provider.publish(post)
    assert len(network.posts) == 1


@pytest.mark.parametrize("kind", [*sorted(set(ANSWERS) - SLOW), "drop", "error inside"])
def test_before_the_message_itself_any_fault_leaves_nothing_behind(
    kind: str, provider: SocialProvider, network: FakeNetwork, server: FakeServer, post: OutgoingPost
) -> None:
    server.faults = lambda request, publishes: None if publishes else Fault(kind)
    error = fails(provider, post)
    assert error.failure in (Failure.TEMPORARY, Failure.ACCOUNT), error.detail
    assert network.posts == {}
    server.faults = lambda request, publishes: None
    provider.publish(post)
    assert len(network.posts) == 1


@pytest.mark.parametrize("kind", sorted(set(ANSWERS) - SLOW))
def test_a_search_that_fails_is_no_answer(
    kind: str, provider: SocialProvider, server: FakeServer, post: OutgoingPost
) -> None:
    provider.publish(post)
    server.faults = lambda request, publishes: Fault(kind)
    with pytest.raises(ProviderError):
        provider.find(post)


def test_a_revoked_token_pauses_the_account_and_its_secret_is_told_nobody(
    name: str, server: FakeServer, post: OutgoingPost, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    error = fails(connected(name, server, access_token="very-secret-token"), post)
    assert error.failure is Failure.ACCOUNT
    assert "very-secret-token" not in f"{error.message}{error.detail}{caplog.text}"


RENEWABLE = ["instagram", "threads", "linkedin", "x"]


@pytest.mark.parametrize("name", RENEWABLE)
def test_an_expired_token_is_renewed_once_and_the_call_made_again(
    name: str, server: FakeServer, post: OutgoingPost
) -> None:
    network = server.networks[name]
    old = "old-token" if name in ("instagram", "threads") else "refresh-0"
    network.refreshable[old] = "token-2"
    saved: list[dict[str, str]] = []
    session = Session({"refresh_token": "refresh-0"}, saved.append)
    provider = connected(name, server, session, access_token="old-token")

    provider.publish(post)

    assert len(network.posts) == 1
    assert len(saved) == 1
    assert saved[0]["access_token"] == "token-2"
    assert saved[0]["expires_at"] > datetime.now(UTC).isoformat()


@pytest.mark.parametrize("name", RENEWABLE)
def test_a_token_that_another_process_renewed_is_used(
    name: str, server: FakeServer, post: OutgoingPost
) -> None:
    fresh = {"access_token": server.networks[name].token, "refresh_token": "refresh-2"}
    provider = connected(name, server, Session({}, load=lambda: fresh), access_token="old-token")

    provider.publish(post)

    assert len(server.networks[name].posts) == 1


@pytest.mark.parametrize("name", RENEWABLE)
def test_a_token_that_cannot_be_renewed_pauses_the_account(
    name: str, server: FakeServer, post: OutgoingPost
) -> None:
    provider = connected(name, server, Session({"refresh_token": "revoked"}), access_token="old-token")
    assert fails(provider, post).failure is Failure.ACCOUNT
    assert server.networks[name].posts == {}


def test_the_same_words_of_another_message_are_not_it(
    provider: SocialProvider, network: FakeNetwork, name: str, post: OutgoingPost
) -> None:
    other = provider.publish(replace(post, link="https://drieklank.test/s/andereee", steps=Steps()))
    assert provider.find(replace(post, steps=Steps())) is None
    if name not in ("instagram", "threads"):  # these ask their container
        wordy = replace(post, link="", text="Zelfde woorden", steps=Steps())
        first = provider.publish(wordy)
        assert provider.find(wordy) == first
        assert provider.find(replace(wordy, others=frozenset({first.remote_id, other.remote_id}))) is None


def test_a_message_is_found_behind_later_ones(provider: SocialProvider, post: OutgoingPost) -> None:
    own = provider.publish(post)
    for number in range(55):
        later = replace(post, text=f"Bericht {number}", link="", images=post.images, steps=Steps())
        provider.publish(later)
    found = provider.find(post)
    assert found is not None
    assert found.remote_id == own.remote_id


def test_a_search_that_does_not_get_to_the_end_never_says_that_nothing_is_there(
    name: str, provider: SocialProvider, network: FakeNetwork, post: OutgoingPost
) -> None:
    provider.publish(post)
    size = {"mastodon": 40, "x": 100}.get(name, 50)
    for number in range(size * 5):  # as many as other programs may have written meanwhile
        network.store(f"Iets anders {number}", {})
    found = provider.find(post)
    assert found is not None


def test_each_has_a_public_name(provider: SocialProvider) -> None:
    assert provider.verify()


def test_what_is_too_long_or_has_no_words_for_its_picture_is_told_and_nothing_is_called(
    name: str, provider: SocialProvider, server: FakeServer, post: OutgoingPost
) -> None:
    wrong = replace(post, text="x" * 70_000, images=(replace(post.images[0], alt=""),))
    assert {problem.field for problem in PROVIDERS[name].problems(wrong)} == {"text", "image_alt"}
    assert fails(provider, wrong).failure is Failure.PERMANENT
    assert server.requests == []


def test_credentials_of_every_network_are_typed_or_given(name: str, server: FakeServer) -> None:
    fields = {field.name for field in PROVIDERS[name].credential_fields}
    assert set(credentials(name, server)) == fields
