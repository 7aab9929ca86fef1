"""Taking down everywhere: every language, account and kit, and a ledger that says what is left to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.actions import remove_platform_post
from campaigns.actions.clearance import clearance_of
from campaigns.kit.filling import make_kit, ready_items
from campaigns.kit.models import KitItem
from campaigns.models import Partner, PlatformPost, Post
from campaigns.states import Status
from campaigns.takedown.actions import take_down_everywhere, tick
from campaigns.takedown.ledger import Standing, ledger_of
from campaigns.takedown.models import TakeDown
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    SocialAccountFactory,
    approved_post,
    scheduled,
)

pytestmark = pytest.mark.django_db


def out(row: PlatformPost) -> PlatformPost:
    PlatformPost.objects.filter(pk=row.pk).update(
        status=Status.PUBLISHED, published_at=timezone.now(), remote_id=row.idempotency_key
    )
    return PlatformPost.objects.get(pk=row.pk)


def statuses() -> list[str]:
    return list(PlatformPost.objects.order_by("pk").values_list("status", flat=True))


def test_what_is_planned_is_called_off_and_what_is_out_is_taken_down_in_every_language(
    network: MemoryNetwork,
) -> None:
    dutch = out(scheduled(SocialAccountFactory()))
    german = scheduled(
        SocialAccountFactory(language="de"),
        language="de",
        translation_key=dutch.post.translation_key,
        campaign=dutch.post.campaign,
    )
    take_down = take_down_everywhere(dutch.post, None)
    german.refresh_from_db()
    assert german.status == Status.CANCELLED
    assert [entry.standing for entry in ledger_of(take_down)] == [Standing.UNDER_WAY, Standing.GONE]
    remove_platform_post(dutch.pk)
    assert statuses() == [Status.REMOVED, Status.CANCELLED]
    assert {entry.standing for entry in ledger_of(take_down)} == {Standing.GONE}


def test_it_can_never_be_planned_again(network: MemoryNetwork) -> None:
    row = scheduled(SocialAccountFactory())
    take_down_everywhere(row.post, None)
    clearance = clearance_of(Post.objects.get(pk=row.post_id))
    assert not clearance.allowed
    assert not clearance.may_return


def test_twice_does_no_harm(network: MemoryNetwork) -> None:
    row = out(scheduled(SocialAccountFactory()))
    first = take_down_everywhere(row.post, None, "te vroeg")
    assert take_down_everywhere(row.post, None, "anders") == first
    assert TakeDown.objects.get().reason == "te vroeg"


def test_what_was_on_its_way_is_removed_as_soon_as_it_is_out(network: MemoryNetwork) -> None:
    row = scheduled(SocialAccountFactory())
    PlatformPost.objects.filter(pk=row.pk).update(status=Status.UNKNOWN)
    take_down = take_down_everywhere(row.post, None)
    assert ledger_of(take_down)[0].standing is Standing.UNDER_WAY
    assert tick() == 0
    out(row)
    assert tick() == 1
    row.refresh_from_db()
    assert row.removal_requested_at is not None
    assert tick() == 0


def test_partners_lose_it_at_once_and_the_ledger_asks_until_they_say_that_it_is_gone(
    network: MemoryNetwork, django_capture_on_commit_callbacks: Any
) -> None:
    campaign = CampaignFactory()
    told = make_kit(campaign, Partner.objects.create(name="Gemeente Met Mail"), ["nl"], "kit@example.org")
    silent = make_kit(campaign, Partner.objects.create(name="Gemeente Zonder"), ["nl"])
    post = approved_post(campaign=campaign)
    assert ready_items(told)
    with django_capture_on_commit_callbacks(execute=True):
        take_down = take_down_everywhere(post, None)
    assert not ready_items(told)
    assert not ready_items(silent)
    assert [letter.to for letter in mail.outbox] == [["kit@example.org"]]
    assert [entry.standing for entry in ledger_of(take_down)] == [Standing.BY_HAND, Standing.BY_HAND]
    assert any("Gemeente Zonder" in str(entry.said) for entry in ledger_of(take_down))
    KitItem.objects.update(taken_down_at=timezone.now())
    assert {entry.standing for entry in ledger_of(take_down)} == {Standing.GONE}


def test_what_no_network_takes_down_is_work_for_a_person(network: MemoryNetwork) -> None:
    row = out(scheduled(SocialAccountFactory(provider="manual", name="Bus")))
    entry = ledger_of(take_down_everywhere(row.post, None))[0]
    assert entry.standing is Standing.BY_HAND
    assert str(row.pk) in entry.done_url


# --- in the admin --------------------------------------------------------------------------------------


def test_the_page_says_what_will_happen_and_then_shows_the_ledger(
    staff: Client, network: MemoryNetwork
) -> None:
    row = out(scheduled(SocialAccountFactory(name="@drieklank")))
    url = reverse("take_down_everywhere", args=[row.post_id])
    before = staff.get(url).content.decode()
    assert "1 account" in before
    assert not TakeDown.objects.exists()
    after = staff.post(url, {"reason": "Een fout in de tekst"}, follow=True).content.decode()
    assert "@drieklank" in after
    assert "Een fout in de tekst" in after


def test_only_those_who_may_publish_take_down(browser_of: Any, network: MemoryNetwork) -> None:
    row = scheduled(SocialAccountFactory())
    url = reverse("take_down_everywhere", args=[row.post_id])
    assert browser_of("Editors").post(url, {"reason": ""}).status_code in (302, 403)
    assert not TakeDown.objects.exists()
    assert browser_of("Moderators").get(url).status_code == 200
