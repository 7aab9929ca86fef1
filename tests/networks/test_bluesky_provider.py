"""Publishing, finding, taking down and measuring on real servers: PLC directory, PDS and AppView."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from campaigns.providers.base import Failure, ProviderError, Session
from campaigns.providers.bluesky import BlueskyProvider
from campaigns.providers.http import Timeouts
from tests.networks.bluesky_network import BlueskyAccount, BlueskyNetwork
from tests.networks.messages import message, photo
from tests.networks.proxy import AnswerLosingProxy


def test_a_post_arrives_with_image_alternative_text_link_and_language(
    bluesky: BlueskyNetwork, account: BlueskyAccount, provider: BlueskyProvider
) -> None:
    post = message(images=(photo(),))

    result = provider.publish(post)

    [stored] = bluesky.records(account)
    record = stored["value"]
    assert stored["uri"] == result.remote_id
    assert result.url == f"https://bsky.app/profile/{account.did}/post/{post.idempotency_key}"
    assert record["langs"] == ["nl"]
    assert record["createdAt"] == "2026-03-01T12:00:00.000Z"
    [image] = record["embed"]["images"]
    assert image["alt"] == "Een bankje aan de Maas in de zon."
    assert image["aspectRatio"] == {"width": 640, "height": 480}
    shown = {
        record["text"].encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
        for facet in record["facets"]
    }
    assert shown == {"#Limburg", "https://verhalen.example.org/nl/"}


def test_a_link_without_an_image_becomes_a_card(
    bluesky: BlueskyNetwork, account: BlueskyAccount, provider: BlueskyProvider
) -> None:
    provider.publish(message(text="Lees mee", link="https://verhalen.example.org/nl/lena/"))

    [stored] = bluesky.records(account)
    assert stored["value"]["embed"]["external"]["uri"] == "https://verhalen.example.org/nl/lena/"


def test_a_mention_of_a_real_account_points_at_it(
    bluesky: BlueskyNetwork, account: BlueskyAccount, provider: BlueskyProvider
) -> None:
    friend = bluesky.new_account("vriendin")

    provider.publish(message(text=f"Met @{friend.handle} en @niemand.test"))

    [stored] = bluesky.records(account)
    [facet] = stored["value"]["facets"]
    assert facet["features"][0]["did"] == friend.did


def test_publishing_twice_makes_one_record(
    bluesky: BlueskyNetwork, account: BlueskyAccount, provider: BlueskyProvider
) -> None:
    post = message(images=(photo(),))

    first = provider.publish(post)
    second = BlueskyProvider(account.credentials).publish(post)

    assert first == second
    assert len(bluesky.records(account)) == 1


def test_publishing_six_times_at_once_makes_one_record(
    bluesky: BlueskyNetwork, account: BlueskyAccount
) -> None:
    post = message()
    session = Session()
    BlueskyProvider(account.credentials, session).verify()

    def publish(_turn: int) -> str:
        return BlueskyProvider(account.credentials, Session(dict(session.tokens))).publish(post).remote_id

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(publish, range(6)))

    assert [record["uri"] for record in bluesky.records(account)] == list(found)


def test_another_message_under_the_same_key_is_refused(
    bluesky: BlueskyNetwork, account: BlueskyAccount, provider: BlueskyProvider
) -> None:
    post = message()
    provider.publish(post)

    with pytest.raises(ProviderError) as refused:
        provider.publish(replace(post, text="Iets heel anders"))

    assert refused.value.failure is Failure.PERMANENT
    [stored] = bluesky.records(account)
    assert stored["value"]["text"] == post.text


def test_a_message_compressed_otherwise_by_an_earlier_try_is_the_same_message(
    bluesky: BlueskyNetwork, account: BlueskyAccount, provider: BlueskyProvider
) -> None:
    post = message(images=(photo(),))
    first = provider.publish(post)

    second = provider.publish(replace(post, images=(photo(320, 240),)))

    assert second == first
    assert len(bluesky.records(account)) == 1


def test_find_tells_whether_a_message_is_there(provider: BlueskyProvider) -> None:
    post = message()
    assert provider.find(post) is None

    result = provider.publish(post)

    assert provider.find(post) == result


def test_an_answer_that_is_lost_leaves_it_unknown_until_it_is_looked_up(
    bluesky: BlueskyNetwork, losing_proxy: AnswerLosingProxy, account: BlueskyAccount
) -> None:
    provider = BlueskyProvider({**account.credentials, "service": losing_proxy.address})
    post = message()
    losing_proxy.losing = "com.atproto.repo.putRecord"
    losing_proxy.release()  # the connection ends at once, without a byte

    with pytest.raises(ProviderError) as unanswered:
        provider.publish(post)

    assert unanswered.value.failure is Failure.UNKNOWN
    found = provider.find(post)
    assert found is not None
    losing_proxy.losing = ""
    assert provider.publish(post) == found
    assert len(bluesky.records(account)) == 1


def test_a_server_that_hangs_after_accepting_leaves_it_unknown(
    bluesky: BlueskyNetwork,
    losing_proxy: AnswerLosingProxy,
    account: BlueskyAccount,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    provider = BlueskyProvider({**account.credentials, "service": losing_proxy.address})
    provider.verify()
    monkeypatch.setattr(provider._client._http, "timeouts", Timeouts(read=1.0))
    losing_proxy.losing = "com.atproto.repo.putRecord"

    with pytest.raises(ProviderError) as unanswered:
        provider.publish(message())

    assert unanswered.value.failure is Failure.UNKNOWN
    assert len(bluesky.records(account)) == 1


def test_taking_down_twice_is_no_error(
    bluesky: BlueskyNetwork, account: BlueskyAccount, provider: BlueskyProvider
) -> None:
    post = message()
    result = provider.publish(post)

    provider.delete(result.remote_id)
    provider.delete(result.remote_id)

    assert bluesky.records(account) == []
    assert provider.find(post) is None


def test_another_accounts_message_cannot_be_taken_down(
    bluesky: BlueskyNetwork, provider: BlueskyProvider
) -> None:
    other = bluesky.new_account("ander")
    result = BlueskyProvider(other.credentials).publish(message())

    with pytest.raises(ProviderError) as refused:
        provider.delete(result.remote_id)

    assert refused.value.failure is Failure.PERMANENT
    assert len(bluesky.records(other)) == 1


@pytest.mark.parametrize("character", ["é", "e\u0301", "🇳🇱", "👩‍👩‍👧", "字", "👍🏽"])
def test_the_server_counts_characters_as_we_do(
    provider: BlueskyProvider, character: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = next(
        count for count in range(300, 0, -1) if not provider.problems(message(text=character * count))
    )
    one_more = message(text=character * (longest + 1))

    provider.publish(message(text=character * longest))

    assert provider.problems(one_more)
    monkeypatch.setattr(BlueskyProvider, "problems", classmethod(lambda cls, post, limits: []))
    with pytest.raises(ProviderError) as refused:
        provider.publish(one_more)
    assert refused.value.failure is Failure.PERMANENT
    assert refused.value.status == 400


def test_a_text_of_301_characters_is_refused_before_it_is_sent(
    bluesky: BlueskyNetwork, account: BlueskyAccount, provider: BlueskyProvider
) -> None:
    with pytest.raises(ProviderError) as refused:
        provider.publish(message(text="é" * 301))

    assert refused.value.failure is Failure.PERMANENT
    assert "300" in str(refused.value)
    assert bluesky.records(account) == []


def test_a_like_from_someone_else_is_counted(bluesky: BlueskyNetwork, provider: BlueskyProvider) -> None:
    result = provider.publish(message())
    bluesky.process()
    assert provider.fetch_metrics([result.remote_id]) == {
        result.remote_id: {"likes": 0, "reposts": 0, "replies": 0, "quotes": 0}
    }

    bluesky.like(bluesky.new_account("lezer"), result.remote_id)
    bluesky.process()

    assert provider.fetch_metrics([result.remote_id])[result.remote_id]["likes"] == 1


def test_a_message_that_is_gone_has_no_figures(bluesky: BlueskyNetwork, provider: BlueskyProvider) -> None:
    kept, gone = provider.publish(message()), provider.publish(message())
    provider.delete(gone.remote_id)
    bluesky.process()

    assert set(provider.fetch_metrics([kept.remote_id, gone.remote_id])) == {kept.remote_id}


def test_figures_of_more_messages_than_one_call_takes(
    bluesky: BlueskyNetwork, provider: BlueskyProvider
) -> None:
    published = [provider.publish(message(text=f"Bericht {number}")).remote_id for number in range(27)]
    bluesky.process()

    assert set(provider.fetch_metrics(published)) == set(published)
