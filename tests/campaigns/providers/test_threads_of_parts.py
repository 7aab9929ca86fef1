"""A thread on every network that has them: each part once, each an answer to the one before, whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from campaigns.providers.base import Failure, Followups, OutgoingPost, ProviderError, SocialProvider, Steps
from campaigns.providers.bluesky import BlueskyProvider
from campaigns.providers.facebook import FacebookProvider
from campaigns.providers.registry import providers
from tests.campaigns.providers.test_every_network import LINK, POST, fails, when_publishing
from tests.fakes.accounts import PROVIDERS, all_networks, connected
from tests.fakes.server import FakeNetwork, FakeServer, Fault, Request, Stored

SECOND, THIRD = "Wat doe jij als je buurvrouw even niet meer kan?", "Praat erover: een vraag is genoeg."
WITH_THREADS = ["bluesky", "mastodon", "threads", "x"]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)


@pytest.fixture
def server(settings: Any) -> Iterator[FakeServer]:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True
    with all_networks().running() as running:
        settings.CAMPAIGNS_NETWORK_HOSTS = running.hosts
        settings.CAMPAIGNS_APPS = {name: {"id": "app", "secret": "app-secret"} for name in PROVIDERS}
        yield running


@pytest.fixture(params=WITH_THREADS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def network(name: str, server: FakeServer) -> FakeNetwork:
    return server.networks[name]


@pytest.fixture
def provider(name: str, server: FakeServer) -> SocialProvider:
    if name == "bluesky":
        own = {"identifier": "limburg.test", "password": "app-word", "service": server.address}
        return BlueskyProvider(own)
    return connected(name, server)


@pytest.fixture
def post(name: str) -> OutgoingPost:
    key = BlueskyProvider.new_idempotency_key(POST.created_at) if name == "bluesky" else "0f1e2d3c"
    return replace(POST, idempotency_key=key, steps=Steps(), link=LINK, followups=(SECOND, THIRD))


def answered(stored: Stored) -> str:
    """What a message answers, as each network keeps it."""
    content = stored.content
    told = (
        content.get("in_reply_to_id")
        or content.get("reply_to_id")
        or content.get("reply", {}).get("in_reply_to_tweet_id")
        or content.get("reply", {}).get("parent", {}).get("uri", "").rpartition("/")[2]
    )
    return str(told or "")


def parts(network: FakeNetwork) -> list[Stored]:
    """What stands on the network, in the order in which it came."""
    return [stored for stored in network.accepted if stored.id in network.posts]


def is_whole(network: FakeNetwork) -> bool:
    """Three parts, each an answer to the one before; the picture and the link belong to the first alone."""
    first, second, third = parts(network)
    assert LINK in str(first.content)
    assert [second.text, third.text] == [SECOND, THIRD]
    assert not any(word in str(third.content) for word in (LINK, "media_ids", "image_url", "embed"))
    return [answered(part) for part in (first, second, third)] == ["", first.id, second.id]


def kept_again(post: OutgoingPost) -> OutgoingPost:
    """The same message in another process: it knows what was kept, and nothing else."""
    return replace(post, steps=Steps(dict(post.steps.ids)))


def at_the(turn: int, kind: str, *, after: bool) -> Callable[[Request, bool], Fault | None]:
    """The call that publishes goes wrong at its ``turn``-th time, and at no other."""
    seen = 0

    def decide(request: Request, publishes: bool) -> Fault | None:
        nonlocal seen
        seen += publishes
        return Fault(kind, after) if publishes and seen == turn else None

    return decide


def test_every_part_goes_out_once_and_answers_the_one_before(
    provider: SocialProvider, network: FakeNetwork, post: OutgoingPost
) -> None:
    result = provider.publish(post)

    assert is_whole(network)
    assert len(result.followups) == 2
    assert provider.find(kept_again(post)) == result
    assert provider.find(replace(post, steps=Steps(_containers(post)))) == result
    assert result.url.startswith("https://")
    for remote_id in [*reversed(result.followups), result.remote_id]:
        provider.delete(remote_id)
    assert network.posts == {}


def _containers(post: OutgoingPost) -> dict[str, str]:
    """Instagram and Threads look for what their container says: without one there was no call."""
    return {name: value for name, value in post.steps.ids.items() if name.endswith("container")}


@pytest.mark.parametrize("turn", [1, 2, 3])
@pytest.mark.parametrize("kind", ["drop", "500", "html", "half an answer"])
def test_an_answer_that_is_lost_between_the_parts_doubles_nothing(  # noqa: PLR0917
    kind: str,
    turn: int,
    provider: SocialProvider,
    network: FakeNetwork,
    server: FakeServer,
    post: OutgoingPost,
) -> None:
    server.faults = at_the(turn, kind, after=True)
    assert fails(provider, post).failure is Failure.UNKNOWN
    assert len(network.posts) == turn

    again = kept_again(post)
    found = provider.find(again)
    assert found is not None
    assert len(found.followups) == turn - 1
    result = provider.publish(again)

    assert is_whole(network)
    assert len(result.followups) == 2
    assert len(network.accepted) == 3


@pytest.mark.parametrize("turn", [2, 3])
@pytest.mark.parametrize("kind", ["drop", "429 with a time", "500"])
def test_a_part_that_did_not_arrive_is_sent_at_the_next_try_and_the_first_is_not(  # noqa: PLR0917
    kind: str,
    turn: int,
    provider: SocialProvider,
    network: FakeNetwork,
    server: FakeServer,
    post: OutgoingPost,
) -> None:
    server.faults = at_the(turn, kind, after=False)
    error = fails(provider, post)
    assert error.failure is (Failure.TEMPORARY if kind.startswith("429") else Failure.UNKNOWN)
    assert len(network.posts) == turn - 1

    again = kept_again(post)
    if error.failure is Failure.UNKNOWN:
        found = provider.find(again)
        assert found is not None
        assert len(found.followups) == turn - 2
    provider.publish(again)

    assert is_whole(network)
    assert len(network.accepted) == 3


def test_the_same_words_as_an_answer_to_something_else_are_not_the_part(
    provider: SocialProvider, network: FakeNetwork, server: FakeServer, name: str, post: OutgoingPost
) -> None:
    """Two posts may end with the same sentence: each is told from the other by what it answers."""
    if name == "x":
        network.refuses_duplicates = False
    other = replace(post, idempotency_key=_other_key(name), link="https://drieklank.test/s/andereee")
    provider.publish(replace(other, steps=Steps()))
    server.faults = at_the(2, "drop", after=False)
    fails(provider, post)
    server.faults = lambda request, publishes: None

    again = kept_again(post)
    found = provider.find(again)
    assert found is not None
    assert found.followups == ()
    provider.publish(again)
    assert len(network.accepted) == 6


def _other_key(name: str) -> str:
    return BlueskyProvider.new_idempotency_key(POST.created_at) if name == "bluesky" else "4f5a6b7c"


@pytest.mark.parametrize("name", ["mastodon", "x"])  # the others know a message by its key or container
def test_a_message_of_its_own_is_never_taken_for_an_answer(
    provider: SocialProvider, network: FakeNetwork, post: OutgoingPost
) -> None:
    alone = replace(post, text=SECOND, link="", images=(), followups=())
    network.store(SECOND, {"in_reply_to_id": "1", "reply": {"in_reply_to_tweet_id": "1"}})
    assert provider.find(alone) is None


def test_each_part_is_checked_and_told_by_its_number(provider: SocialProvider, post: OutgoingPost) -> None:
    wrong = replace(post, followups=("x" * 600, "Goed", " "))
    long, empty = type(provider).problems(wrong)
    assert (long.field, empty.field) == ("followups", "followups")
    limit = provider.limits.text
    assert str(long.message) == f"Deel 2 is {600 - limit} tekens te lang (600 van {limit})."
    assert str(empty.message).startswith("Deel 4 is leeg.")
    with pytest.raises(ProviderError) as refused:
        provider.publish(wrong)
    assert refused.value.failure is Failure.PERMANENT


def test_a_network_without_threads_says_so() -> None:
    (problem,) = FacebookProvider.problems(replace(POST, followups=(SECOND,)))
    assert problem.field == "followups"
    assert str(problem.message).startswith("Facebook kent geen draadjes.")


def test_every_network_says_what_becomes_of_further_texts() -> None:
    kinds = {provider.identifier: provider.capabilities.followups for provider in providers()}
    assert {name for name, kind in kinds.items() if kind is Followups.THREAD} == set(WITH_THREADS)
    assert {name for name, kind in kinds.items() if kind is Followups.BELOW} == {"website", "manual"}


def test_a_reply_of_somebody_else_is_not_ours(server: FakeServer, post: OutgoingPost) -> None:
    """Threads lists everybody's answers to a message."""
    network = server.networks["threads"]
    provider = connected("threads", server)
    server.faults = when_publishing("drop", after=True)
    fails(provider, post)
    server.faults = lambda request, publishes: None
    first = provider.find(post)
    assert first is not None
    network.store(SECOND, {"reply_to_id": first.remote_id, "theirs": True})
    server.faults = at_the(1, "drop", after=True)
    fails(provider, post)
    server.faults = lambda request, publishes: None
    network.store(SECOND, {"reply_to_id": first.remote_id, "theirs": True})

    found = provider.find(post)

    assert found is not None
    (own,) = [
        stored
        for stored in network.posts.values()
        if stored.text == SECOND and "theirs" not in stored.content
    ]
    assert found.followups == (own.id,)
