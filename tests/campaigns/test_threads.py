"""A post that goes on as a thread: written and checked part by part, sent once part by part, taken down as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from campaigns.actions import (
    cancel_platform_post,
    publish_platform_post,
    reap_abandoned_posts,
    remove_platform_post,
    request_removal,
    resume_account,
)
from campaigns.actions.claiming import LEASE
from campaigns.actions.erasing import erase_post
from campaigns.approval.signing import digest_of_post
from campaigns.checking import findings_of
from campaigns.models import Pause, PlatformPost, Post, PostTarget, SocialAccount
from campaigns.models.followups import texts_in
from campaigns.planning.series import make_series
from campaigns.previewing import previews_of
from campaigns.providers.base import Failure
from campaigns.states import Status
from tests.campaigns.editor import approve, typed, typed_parts
from tests.campaigns.test_counting_while_typing import count, targets
from tests.campaigns.test_publishing import (
    NOON,
    Store,
    WorkerKilled,
    accepts_and_falls_silent,
    dies_after,
    dies_before,
    refuses,
    run_until_settled,
)
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
    scheduled,
)
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db

FIRST = "Iedere ochtend fietst Marijke over de grens."
SECOND, THIRD = "Ze vertelt waarom.", "En wat haar hielp."


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def thread(*texts: str) -> list[tuple[str, str]]:
    return [("text", text) for text in texts]


@pytest.fixture
def row(account: SocialAccount, clock: time_machine.Traveller) -> PlatformPost:
    return scheduled(account, NOON, text=FIRST, followups=thread(SECOND, THIRD))


def works(store: Store) -> None:
    store()


def stands(network: MemoryNetwork) -> list[str]:
    return [part.text for part in network.posts.values()]


def is_out_once(network: MemoryNetwork, row: PlatformPost) -> bool:
    row.refresh_from_db()
    first, second, third = network.posts
    assert stands(network) == [FIRST, SECOND, THIRD]
    assert network.answers == {second: first, third: second}
    assert set(network.arrived.values()) == {1}
    return (row.remote_id, row.followup_ids) == (first, [second, third])


# --- sending ------------------------------------------------------------------------------------------------


def test_the_parts_go_out_in_their_order(network: MemoryNetwork, row: PlatformPost) -> None:
    assert publish_platform_post(row.pk) == Status.PUBLISHED
    assert is_out_once(network, row)


@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("dies", [dies_before, dies_after], ids=["before the call", "before the answer"])
def test_a_worker_killed_between_the_parts_is_followed_by_one_that_goes_on(
    part: int,
    dies: Callable[[Store], None],
    network: MemoryNetwork,
    row: PlatformPost,
    clock: time_machine.Traveller,
) -> None:
    network.troubles += [*[works] * part, dies]
    with pytest.raises(WorkerKilled):
        publish_platform_post(row.pk)
    clock.shift(LEASE + timedelta(seconds=1))
    assert reap_abandoned_posts() == 1
    assert run_until_settled(row, clock) == Status.PUBLISHED
    assert is_out_once(network, row)


@pytest.mark.parametrize("failure", [Failure.TEMPORARY, Failure.ACCOUNT])
def test_once_its_first_part_is_out_nobody_can_change_or_cancel_it_and_it_is_finished(
    failure: Failure, network: MemoryNetwork, row: PlatformPost, clock: time_machine.Traveller
) -> None:
    network.troubles += [works, refuses(failure)]
    assert publish_platform_post(row.pk) == Status.UNKNOWN
    assert not cancel_platform_post(row, "Toch niet.")
    post = Post.objects.get(pk=row.post_id)
    post.text = "Heel anders"
    post.save_revision().publish()
    resume_account(SocialAccount.objects.get(pk=row.account_id))

    clock.shift(timedelta(days=1))  # a thread that began is never too late
    assert run_until_settled(row, clock) == Status.PUBLISHED
    assert is_out_once(network, row)


def test_what_the_network_refuses_of_the_rest_is_told_and_what_is_out_stays_known(
    network: MemoryNetwork, row: PlatformPost
) -> None:
    network.troubles += [works, works, refuses(Failure.PERMANENT)]
    assert publish_platform_post(row.pk) == Status.PUBLISHED
    row.refresh_from_db()
    assert len(row.followup_ids) == 1
    assert (
        row.message
        == "Alleen 2 van 3 delen staan online. Haal het bericht weg, of schrijf de rest daar zelf."
    )
    request_removal(row)
    assert remove_platform_post(row.pk)
    assert stands(network) == []


def test_a_worker_whose_lease_ran_out_sends_no_further_part(
    network: MemoryNetwork, row: PlatformPost, clock: time_machine.Traveller
) -> None:
    """It was so slow with the first part that another worker took the message over and finished it."""

    def slow(store: Store) -> None:
        store()
        clock.shift(LEASE + timedelta(seconds=1))
        reap_abandoned_posts()
        network.troubles.clear()
        assert publish_platform_post(row.pk) == Status.PUBLISHED

    network.troubles += [slow]
    publish_platform_post(row.pk)
    assert is_out_once(network, row)
    assert row.status == Status.PUBLISHED


def test_each_part_has_a_whole_lease(
    network: MemoryNetwork, row: PlatformPost, clock: time_machine.Traveller
) -> None:
    def slow(store: Store) -> None:
        store()
        clock.shift(LEASE - timedelta(seconds=5))
        assert reap_abandoned_posts() == 0

    network.troubles += [slow, slow, slow]
    assert publish_platform_post(row.pk) == Status.PUBLISHED
    assert is_out_once(network, row)


def test_in_a_pause_the_rest_waits_and_goes_out_after_it(
    network: MemoryNetwork, row: PlatformPost, clock: time_machine.Traveller
) -> None:
    network.troubles += [works, accepts_and_falls_silent]
    publish_platform_post(row.pk)
    pause = Pause.objects.create(campaign=row.post.campaign, started_at=NOON)
    clock.shift(timedelta(minutes=2))
    assert publish_platform_post(row.pk) == Status.UNKNOWN
    assert stands(network) == [FIRST, SECOND]
    pause.ended_at = NOON
    pause.save()
    assert run_until_settled(row, clock) == Status.PUBLISHED
    assert is_out_once(network, row)


def test_a_story_withdrawn_between_the_parts_ends_the_thread_and_takes_down_what_is_out(
    network: MemoryNetwork, account: SocialAccount, clock: time_machine.Traveller
) -> None:
    row = scheduled(account, NOON, text=FIRST, followups=thread(SECOND), page=StoryPageFactory())
    network.troubles += [works, refuses(Failure.TEMPORARY)]
    publish_platform_post(row.pk)
    Post.objects.filter(pk=row.post_id).update(withdrawal="00000000-0000-4000-8000-000000000001")
    clock.shift(timedelta(minutes=2))

    assert publish_platform_post(row.pk) == Status.PUBLISHED
    row.refresh_from_db()
    request_removal(row)
    assert remove_platform_post(row.pk)
    assert stands(network) == []
    assert network.stored == 1


# --- taking down --------------------------------------------------------------------------------------------


def test_taking_down_begins_with_the_last_part_and_goes_on_where_it_stopped(
    network: MemoryNetwork, row: PlatformPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_platform_post(row.pk)
    order: list[str] = []
    busy = [False, True]  # the second call finds the network busy

    def delete(self: Any, remote_id: str) -> None:
        if busy and busy.pop(0):
            refuses(Failure.TEMPORARY)(lambda: None)
        order.append(remote_id)

    monkeypatch.setattr("tests.factories.campaigns.MemoryProvider.delete", delete)
    row.refresh_from_db()
    request_removal(row)
    assert not remove_platform_post(row.pk)
    PlatformPost.objects.update(next_attempt_at=NOON)
    assert remove_platform_post(row.pk)
    assert order == [row.followup_ids[1], *reversed(row.followup_ids), row.remote_id]


def test_an_erased_post_keeps_none_of_its_parts(row: PlatformPost) -> None:
    PostTarget.objects.update(followups=thread("Ook hier"))
    post = Post.objects.get(pk=row.post_id)
    erase_post(post)
    post = Post.objects.get(pk=row.post_id)
    row.refresh_from_db()
    assert texts_in(post.followups) == []
    assert texts_in(post.targets.get().followups) == []
    assert row.followups == []


# --- writing ------------------------------------------------------------------------------------------------


def plan(staff: Client, *accounts: SocialAccount, **changes: Any) -> Any:
    data = typed(
        CampaignFactory(), *accounts, text=FIRST, planned_at="", **typed_parts("followups", SECOND, THIRD)
    )
    return approve(staff, {**data, **changes})


def test_what_is_typed_in_the_editor_is_what_is_planned(staff: Client, account: SocialAccount) -> None:
    assert plan(staff, account).status_code == 302
    row = PlatformPost.objects.get()
    assert (row.text, row.followups) == (FIRST, [SECOND, THIRD])


def test_an_account_can_have_another_thread_or_none(staff: Client, account: SocialAccount) -> None:
    own, none = SocialAccountFactory(), SocialAccountFactory()
    accepted = plan(
        staff,
        account,
        own,
        none,
        **typed_parts("targets-1-followups", "Alleen hier."),
        **{"targets-2-without_followups": "on"},
    )
    assert accepted.status_code == 302
    rows = PlatformPost.objects.order_by("account")
    assert [row.followups for row in rows] == [[SECOND, THIRD], ["Alleen hier."], []]


def test_on_the_website_the_parts_stand_below_each_other(staff: Client) -> None:
    website = SocialAccountFactory(provider="website", name="eigen")
    assert plan(staff, website).status_code == 302
    row = PlatformPost.objects.get()
    assert (row.text, row.followups) == (f"{FIRST}\n\n{SECOND}\n\n{THIRD}", [])


def test_an_account_without_threads_says_so_where_it_can_be_changed(staff: Client) -> None:
    page = SocialAccountFactory(provider="facebook", name="limburg")
    refused = plan(staff, page)
    (form,) = refused.context["form"].formsets["targets"].forms
    (said,) = form.errors["without_followups"]
    assert "Facebook" in said
    assert plan(staff, page, **{"targets-0-without_followups": "on"}).status_code == 302


def test_a_part_that_is_too_long_is_told_with_its_number(account: SocialAccount) -> None:
    post = PostFactory(text=FIRST, followups=thread(SECOND, "x" * 301))
    found = findings_of(post, [PostTarget(post=post, account=account)])
    (sentence,) = [str(each.message) for each in found if each.field == "followups"]
    assert sentence == f"{account}: Deel 3 is 1 teken te lang (301 van 300)."


def test_words_that_can_do_harm_are_found_in_every_part(account: SocialAccount) -> None:
    harmful = "Hij pleegde zelfmoord door zich op te hangen."
    (first,) = [PostFactory(text=harmful)]
    later = PostFactory(text=FIRST, followups=thread(harmful))
    own = PostTarget(post=first, account=account, followups=thread(harmful))

    def said(post: Post, target: PostTarget) -> set[tuple[str, bool, str]]:
        found = findings_of(post, [target])
        return {(each.field, each.is_error, str(each.message)) for each in found if "“" in str(each.message)}

    in_text = said(first, PostTarget(post=first, account=account))
    in_part = said(later, PostTarget(post=later, account=account))
    assert in_text
    assert in_part == {("followups", is_error, message) for __, is_error, message in in_text}
    assert in_part <= said(first, own)


def test_the_editor_counts_every_part_as_the_network_does(staff: Client) -> None:
    accounts: list[SocialAccount] = [
        SocialAccountFactory.create(provider=name) for name in ("bluesky", "x", "website")
    ]
    family = "👩‍👩‍👧‍👦"
    answer = count(staff, text=FIRST, followups=[family, "漢字"], targets=targets(accounts)).json()["lengths"]
    assert [[part["used"] for part in row["parts"]] for row in answer] == [[1, 2], [2, 4], []]
    assert answer[2]["used"] == len(f"{FIRST}\n\n漢字\n\n") + 1
    (long,) = count(staff, text=FIRST, followups=["x" * 301], targets=targets(accounts[:1])).json()["lengths"]
    assert long["problems"] == ["Deel 2 is 1 teken te lang (301 van 300)."]


def test_the_preview_shows_the_thread_where_there_are_threads(account: SocialAccount) -> None:
    website = SocialAccountFactory(provider="website")
    post = PostFactory(text=FIRST, followups=thread(SECOND, THIRD))
    post.targets = [PostTarget(account=account), PostTarget(account=website)]
    on_network, on_website = previews_of(post)
    assert [(part.text, part.count.used) for part in on_network.parts] == [(SECOND, 18), (THIRD, 18)]
    assert on_website.parts == ()
    assert on_website.text.endswith(THIRD)


def test_another_thread_is_another_version_to_sign_off(account: SocialAccount) -> None:
    def digest(**changes: Any) -> str:
        post = PostFactory(text=FIRST, followups=changes.pop("followups", thread(SECOND)))
        post.targets = [PostTarget(account=account, **changes)]
        return digest_of_post(post)

    versions = [
        digest(),
        digest(followups=thread(THIRD)),
        digest(followups=thread(SECOND, THIRD)),
        digest(without_followups=True),
    ]
    assert len(set(versions)) == len(versions)
    assert digest() == versions[0]


def test_a_series_repeats_the_thread(row: PlatformPost) -> None:
    post = Post.objects.get(pk=row.post_id)
    make_series(post, [datetime(2026, 6, 1, 10, tzinfo=UTC)], None, with_versions=False)
    copy = Post.objects.exclude(pk=post.pk).get()
    assert texts_in(copy.followups) == [SECOND, THIRD]
