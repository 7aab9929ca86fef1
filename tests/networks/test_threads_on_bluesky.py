"""Threads on real servers: out once whatever happens between the parts, in their order for readers, gone as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaigns.actions import (
    publish_platform_post,
    reap_abandoned_posts,
    remove_platform_post,
    request_removal,
)
from campaigns.models import PlatformPost
from campaigns.providers.base import Failure, ProviderError, Steps
from campaigns.providers.bluesky import BlueskyProvider
from campaigns.states import Status
from tests.factories.campaigns import approved_post
from tests.networks.bluesky_network import BlueskyAccount, BlueskyNetwork
from tests.networks.messages import message, photo
from tests.networks.proxy import AnswerLosingProxy
from tests.networks.test_worker_on_bluesky import connect
from tests.processes import running_worker, wait_until

PUT = "com.atproto.repo.putRecord"
FIRST = "Marijke fietst over de heuvel."
SECOND, THIRD = "Ze vertelt waarom. #Limburg", "En wat haar hielp: https://verhalen.example.org/nl/"
PARTS = [FIRST, SECOND, THIRD]


def planned(owner: BlueskyAccount) -> PlatformPost:
    post = approved_post(connect(owner), text=FIRST, followups=[("text", SECOND), ("text", THIRD)])
    return PlatformPost.objects.get(post=post)


def test_readers_see_the_parts_one_under_the_other_and_nothing_when_they_are_taken_down(
    bluesky: BlueskyNetwork, account: BlueskyAccount, provider: BlueskyProvider
) -> None:
    post = message(text=FIRST, images=(photo(),), followups=(SECOND, THIRD))

    result = provider.publish(post)

    first, second, third = sorted(bluesky.records(account), key=lambda record: record["uri"])
    assert [result.remote_id, *result.followups] == [first["uri"], second["uri"], third["uri"]]
    references = [{name: part[name] for name in ("uri", "cid")} for part in (first, second)]
    assert second["value"]["reply"] == {"root": references[0], "parent": references[0]}
    assert third["value"]["reply"] == {"root": references[0], "parent": references[1]}
    assert second["value"]["langs"] == ["nl"]
    assert ["embed" in part["value"] for part in (first, second, third)] == [True, False, False]
    assert third["value"]["facets"][0]["features"][0]["uri"] == "https://verhalen.example.org/nl/"
    assert bluesky.thread(result.remote_id) == PARTS

    for remote_id in [*reversed(result.followups), result.remote_id]:
        provider.delete(remote_id)
    assert bluesky.records(account) == []
    assert bluesky.thread(result.remote_id) == []


@pytest.mark.parametrize("known", [0, 1, 2, 3])
def test_sent_again_from_any_point_it_is_the_same_thread(
    bluesky: BlueskyNetwork, account: BlueskyAccount, provider: BlueskyProvider, known: int
) -> None:
    """A worker that died knows as many parts as it had written down."""
    post = message(text=FIRST, followups=(SECOND, THIRD))
    result = provider.publish(post)
    kept = {name: value for name, value in post.steps.ids.items() if int(name[-1]) < known}

    assert provider.publish(replace(post, steps=Steps(dict(kept)))) == result
    assert provider.find(replace(post, steps=Steps(dict(kept)))) == result
    assert len(bluesky.records(account)) == 3


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_the_parts_is_followed_by_one_that_goes_on(
    bluesky: BlueskyNetwork, losing_proxy: AnswerLosingProxy
) -> None:
    owner = bluesky.new_account(service=losing_proxy.address)
    row = planned(owner)
    losing_proxy.losing, losing_proxy.answering = PUT, 1

    with running_worker() as worker:
        wait_until(losing_proxy.lost.is_set, "the network accepted the second part")
        worker.kill()
    assert len(bluesky.records(owner)) == 2
    losing_proxy.losing = ""
    PlatformPost.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert reap_abandoned_posts() == 1
    assert publish_platform_post(row.pk) == Status.PUBLISHED

    row.refresh_from_db()
    assert losing_proxy.calls.count(PUT) == 3
    assert len(bluesky.records(owner)) == 3
    assert bluesky.thread(row.remote_id) == PARTS

    assert request_removal(row)
    assert remove_platform_post(row.pk)
    assert bluesky.records(owner) == []


@pytest.mark.django_db(transaction=True)
def test_a_rate_limit_between_the_parts_is_obeyed_and_the_rest_goes_out_after_it(
    bluesky: BlueskyNetwork, losing_proxy: AnswerLosingProxy
) -> None:
    """The PDS's own limit of writes an hour, and its own answer. When it is over our clock stands an hour later; the
    PDS's clock does not, so its bypass key goes along from then on.
    """
    owner = bluesky.new_account(service=losing_proxy.address)
    row = planned(owner)
    bluesky.use_up_writes(owner, leaving=1)

    assert publish_platform_post(row.pk) == Status.UNKNOWN
    row.refresh_from_db()
    waits = row.next_attempt_at - timezone.now()
    assert timedelta(minutes=30) < waits <= timedelta(minutes=72)
    assert bluesky.thread(bluesky.records(owner)[0]["uri"]) == [FIRST]
    assert publish_platform_post(row.pk) is None
    assert losing_proxy.calls.count(PUT) == 2

    losing_proxy.headers = {"x-ratelimit-bypass": bluesky.bypass_key}
    with time_machine.travel(row.next_attempt_at + timedelta(seconds=1)):
        assert publish_platform_post(row.pk) == Status.PUBLISHED
    row.refresh_from_db()
    assert losing_proxy.calls.count(PUT) == 4
    assert bluesky.thread(row.remote_id) == PARTS


def test_a_rate_limit_says_how_long_to_wait(
    bluesky: BlueskyNetwork, account: BlueskyAccount, provider: BlueskyProvider
) -> None:
    bluesky.use_up_writes(account, leaving=0)

    with pytest.raises(ProviderError) as refused:
        provider.publish(message())

    assert refused.value.failure is Failure.TEMPORARY
    assert refused.value.status == 429
    assert refused.value.retry_after is not None
    assert 30 * 60 < refused.value.retry_after <= 60 * 60
    assert bluesky.records(account) == []
