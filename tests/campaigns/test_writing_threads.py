"""A thread is written, checked, counted, previewed and agreed to part by part."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from campaigns.approval.signing import digest_of_post
from campaigns.checking import findings_of
from campaigns.models import PlatformPost, Post, PostTarget, SocialAccount
from campaigns.models.followups import texts_in
from campaigns.planning.series import make_series
from campaigns.previewing import previews_of
from tests.campaigns.editor import approve, typed, typed_parts
from tests.campaigns.test_counting_while_typing import count, targets
from tests.campaigns.test_threads import FIRST, SECOND, THIRD, thread
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
    approved_post,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory()


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


def test_a_series_repeats_the_thread(account: SocialAccount) -> None:
    post = approved_post(account, text=FIRST, followups=thread(SECOND, THIRD))
    make_series(post, [datetime(2026, 6, 1, 10, tzinfo=UTC)], None, with_versions=False)
    copy = Post.objects.exclude(pk=post.pk).get()
    assert texts_in(copy.followups) == [SECOND, THIRD]
