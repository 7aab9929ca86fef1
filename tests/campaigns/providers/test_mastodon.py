"""Mastodon: what is sent, how it is counted, and how a message is found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from mastodon import Mastodon
from mastodon.return_types import InstanceV2, MediaAttachment, Status

from campaigns.providers.base import Failure, Limits, OutgoingPost, ProviderError, Steps
from campaigns.providers.mastodon import MastodonProvider
from tests.campaigns.providers.fake_pds import photo
from tests.fakes.mastodon import INSTANCE, FakeMastodon
from tests.fakes.server import FakeServer, Fault, Request

POST = OutgoingPost(
    text="Vijf verhalen 🌻 #Limburg",
    language="nl",
    idempotency_key="0f1e2d3c",
    created_at=datetime.now(UTC) - timedelta(minutes=1),
)
LINKED = replace(
    POST,
    link="https://drieklank.test/s/abcdefgh",
    full_link="https://drieklank.test/nl/verhalen/mila/?utm_source=mastodon&utm_content=nl-1-7",
)


@pytest.fixture
def mastodon() -> FakeMastodon:
    return FakeMastodon()


@pytest.fixture
def server(mastodon: FakeMastodon, settings: Any) -> Iterator[FakeServer]:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True
    with FakeServer(mastodon).running() as running:
        yield running


@pytest.fixture
def provider(server: FakeServer) -> MastodonProvider:
    return MastodonProvider({"server": server.address, "access_token": FakeMastodon.token})


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaigns.providers.mastodon.provider.time.sleep", lambda seconds: None)


def losing(path: str, after: bool) -> Any:
    return lambda request, publishes: Fault("drop", after) if request.path.startswith(path) else None


# --- counting -------------------------------------------------------------------------------------------

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Hallo", 5),
        ("caf\u00e9", 4),
        ("cafe\u0301", 4),
        (FAMILY, 1),
        ("🇧🇪🇩🇪🇳🇱", 3),
        ("字" * 10, 10),
        ("https://example.org", 23),
        ("https://example.org/" + "x" * 200, 23),
        ("Zie https://example.org/a?b=c#d.", 4 + 23 + 1),
        ("(https://nl.wikipedia.org/wiki/Maas_(rivier))", 1 + 23 + 1),
        ("http://example.org en https://example.com/x", 23 + 4 + 23),
        ("example.org", 11),
        ("@mila", 5),
        ("@mila@mastodon.social", 5),
        ("Met @mila@mastodon.social en @jo@example.org!", len("Met @mila en @jo!")),
        ("mila@example.org", 16),
        ("Een\r\ntwee", 8),
    ],
)
def test_a_text_is_as_long_as_mastodon_says(text: str, length: int) -> None:
    assert MastodonProvider.count(text).used == length


def test_a_server_that_allows_more_or_counts_links_otherwise_is_believed(
    provider: MastodonProvider, mastodon: FakeMastodon
) -> None:
    statuses = {"max_characters": 5000, "max_media_attachments": 8, "characters_reserved_per_url": 30}
    mastodon.instance = {"configuration": {**INSTANCE["configuration"], "statuses": statuses}}  # type: ignore[dict-item]

    limits = MastodonProvider.limits.told(provider.fetch_limits())

    assert (limits.text, limits.images, limits.url) == (5000, 8, 30)
    assert MastodonProvider.count("https://example.org", limits).used == 30
    long = replace(POST, text="x" * 600)
    assert MastodonProvider.problems(long, limits) == []
    assert [problem.field for problem in MastodonProvider.problems(long)] == ["text"]


def test_a_server_that_tells_no_limits_has_the_usual_ones(
    provider: MastodonProvider, mastodon: FakeMastodon
) -> None:
    mastodon.instance = None
    assert provider.fetch_limits() == {}


def test_nonsense_for_a_limit_is_not_believed(provider: MastodonProvider, mastodon: FakeMastodon) -> None:
    mastodon.instance = {
        "configuration": {"statuses": {"max_characters": "many", "max_media_attachments": -1}}
    }
    assert provider.fetch_limits() == {}


# --- sending --------------------------------------------------------------------------------------------


def test_a_message_goes_out_with_its_language_key_and_whole_link(
    provider: MastodonProvider, server: FakeServer, mastodon: FakeMastodon
) -> None:
    result = provider.publish(LINKED)

    [call] = server.calls("mastodon", "POST", "/statuses")
    assert call.headers["idempotency-key"] == LINKED.idempotency_key
    assert call.json == {
        "status": f"{LINKED.text}\n\n{LINKED.full_link}",
        "visibility": "public",
        "language": "nl",
    }
    assert result.remote_id in mastodon.posts
    assert result.url == f"https://mastodon.test/@limburg/{result.remote_id}"


def test_a_picture_waits_until_it_is_processed_and_has_its_words(
    provider: MastodonProvider, server: FakeServer, mastodon: FakeMastodon
) -> None:
    mastodon.processing = 3

    provider.publish(replace(POST, images=(photo(), photo(30, 20, "Een brug."))))

    first, second = server.calls("mastodon", "POST", "/media")
    assert (first.form["description"], second.form["description"]) == ("Een bankje.", "Een brug.")
    assert first.files["file"].startswith(b"\xff\xd8")
    [call] = server.calls("mastodon", "POST", "/statuses")
    assert call.json["media_ids"] == list(mastodon.drafts)


def test_a_picture_that_takes_too_long_is_not_uploaded_again(
    provider: MastodonProvider, server: FakeServer, mastodon: FakeMastodon
) -> None:
    mastodon.processing = 1000
    post = replace(POST, images=(photo(),), steps=Steps())

    with pytest.raises(ProviderError) as raised:
        provider.publish(post)
    assert raised.value.failure is Failure.TEMPORARY
    for draft in mastodon.drafts.values():
        draft["waits"] = 0
    provider.publish(post)

    assert len(server.calls("mastodon", "POST", "/media")) == 1
    assert len(mastodon.posts) == 1


def test_a_picture_that_the_server_forgot_is_uploaded_again(
    provider: MastodonProvider, server: FakeServer, mastodon: FakeMastodon
) -> None:
    post = replace(POST, images=(photo(),), steps=Steps({"media0": "7"}))

    provider.publish(post)

    assert post.steps.ids["media0"] in mastodon.drafts


# --- once -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("post", [POST, LINKED])
def test_a_message_whose_answer_was_lost_is_found(
    provider: MastodonProvider, server: FakeServer, mastodon: FakeMastodon, post: OutgoingPost
) -> None:
    server.faults = losing("/api/v1/statuses", after=True)
    with pytest.raises(ProviderError) as raised:
        provider.publish(post)
    server.faults = lambda request, publishes: None

    found = provider.find(post)

    assert raised.value.failure is Failure.UNKNOWN
    assert found is not None
    assert [found.remote_id] == list(mastodon.posts)


def test_a_message_that_never_arrived_is_not_found(
    provider: MastodonProvider, mastodon: FakeMastodon
) -> None:
    provider.publish(replace(POST, text="Een ander verhaal"))
    assert provider.find(POST) is None


def test_the_same_words_of_another_message_or_another_year_are_not_it(
    provider: MastodonProvider, mastodon: FakeMastodon
) -> None:
    other = provider.publish(POST)
    assert provider.find(replace(POST, others=frozenset({other.remote_id}))) is None
    mastodon.posts[other.remote_id].created_at = POST.created_at - timedelta(hours=1)
    assert provider.find(POST) is None


def test_an_address_that_begins_like_its_own_is_not_its_own(provider: MastodonProvider) -> None:
    provider.publish(
        replace(LINKED, full_link=f"{LINKED.full_link}2", link="https://drieklank.test/s/anders23")
    )
    assert provider.find(LINKED) is None


def test_it_is_found_behind_many_later_ones(provider: MastodonProvider) -> None:
    own = provider.publish(LINKED)
    for number in range(60):
        provider.publish(replace(POST, text=f"Bericht {number}"))
    found = provider.find(LINKED)
    assert found == own


def test_taking_down_twice_does_no_harm(provider: MastodonProvider, mastodon: FakeMastodon) -> None:
    result = provider.publish(POST)
    provider.delete(result.remote_id)
    provider.delete(result.remote_id)
    assert mastodon.removed == [result.remote_id]


def test_figures_keep_their_names_and_a_message_that_is_gone_has_none(provider: MastodonProvider) -> None:
    result = provider.publish(POST)
    assert provider.fetch_metrics([result.remote_id, "1"]) == {
        result.remote_id: {"favourites_count": 3, "reblogs_count": 2, "replies_count": 0}
    }


def test_a_refused_token_pauses_the_account(server: FakeServer) -> None:
    provider = MastodonProvider({"server": server.address, "access_token": "stolen-secret"})
    with pytest.raises(ProviderError) as raised:
        provider.publish(POST)
    assert raised.value.failure is Failure.ACCOUNT
    assert "stolen-secret" not in f"{raised.value.message} {raised.value.detail}"


def test_an_address_inside_is_never_called(server: FakeServer, settings: Any) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = False
    for typed in (
        server.address,
        "https://127.0.0.1",
        "localhost",
        "https://[::1]/",
        "http://169.254.169.254",
    ):
        with pytest.raises(ProviderError) as raised:
            MastodonProvider({"server": typed, "access_token": "x"}).verify()
        assert raised.value.failure is Failure.ACCOUNT
    assert server.requests == []


# --- the documentation's entities -------------------------------------------------------------------------


def test_what_is_sent_is_what_mastodons_own_library_sends(
    provider: MastodonProvider, server: FakeServer
) -> None:
    library = Mastodon(access_token=FakeMastodon.token, api_base_url=server.address, mastodon_version="4.4.1")
    media = library.media_post(photo().content, mime_type="image/jpeg", description="Een bankje.")
    library.status_post(POST.text, media_ids=[media], language="nl", visibility="public", idempotency_key="k")
    theirs = _sent(server)
    server.requests.clear()

    provider.publish(replace(POST, images=(photo(),)))

    for (path, names, headers), (their_path, their_names, their_headers) in zip(
        _sent(server), theirs, strict=True
    ):
        assert (path, headers) == (their_path, their_headers)
        assert names <= their_names


def _sent(server: FakeServer) -> list[tuple[str, set[str], set[str]]]:
    def names(request: Request) -> set[str]:
        fields = request.json if request.kind == "application/json" else request.form
        return {name.removesuffix("[]") for name in [*fields, *request.files]}

    return [
        # The library takes the older address of the two for pictures.
        (
            request.path.replace("/v1/media", "/v2/media"),
            names(request),
            {"idempotency-key"} & set(request.headers),
        )
        for request in server.calls("mastodon", "POST")
    ]


def test_every_field_that_is_read_is_one_the_documentation_describes() -> None:
    status = set(Status.__annotations__)
    assert {"id", "url", "uri", "content", "created_at", *MastodonProvider.capabilities.metrics} <= status
    assert {"id"} <= set(MediaAttachment.__annotations__)
    assert {"configuration"} <= set(InstanceV2.__annotations__)
    assert (
        Limits(text=500, images=4, image_bytes=10_000_000, alt_text=1_500, url=23) == MastodonProvider.limits
    )
