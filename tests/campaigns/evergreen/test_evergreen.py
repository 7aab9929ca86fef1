"""The evergreen queue fills free slots, the longest unseen first, and never says the same too soon."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.actions import cancel_platform_post
from campaigns.actions.clearance import clearance_of
from campaigns.evergreen.filling import add_to_queue, tick
from campaigns.evergreen.models import EvergreenAccount, EvergreenPost, EvergreenTurn
from campaigns.evergreen.queueing import words_of
from campaigns.evergreen.sample_queue import load_queue
from campaigns.models import PlatformPost, Post, ShortUrl, SocialAccount
from campaigns.planning.pausing import pause
from campaigns.planning.slots import keep_slots, parse_slots
from campaigns.states import Status
from campaigns.takedown.actions import take_down_everywhere
from campaigns.takedown.ledger import ledger_of
from tests.factories.campaigns import CampaignFactory, SocialAccountFactory, approved_post
from tests.factories.pages import StoryPageFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
LONG_AGO = MONDAY - timedelta(days=400)


def account_with(slots: str = "ma 10:00, di 10:00", rest: int = 30) -> SocialAccount:
    account = SocialAccountFactory(provider="website")
    keep_slots(account, parse_slots(slots))
    EvergreenAccount.objects.create(account=account, is_on=True, rest_days=rest)
    return account


def evergreen(account: SocialAccount, text: str, due_at: datetime = LONG_AGO, **fields: Any) -> Post:
    """An approved post in the queue, shown at ``due_at``."""
    post = approved_post(account, due_at=due_at, text=text, **fields)
    post.platform_posts.update(status=Status.PUBLISHED, published_at=due_at)
    add_to_queue(post, None)
    return post


def shown_texts(account: SocialAccount) -> list[str]:
    return [turn.post.text for turn in EvergreenTurn.objects.filter(account=account).order_by("at")]


@time_machine.travel(MONDAY, tick=False)
def test_free_slots_are_filled_by_what_was_not_shown_for_longest() -> None:
    account, campaign = account_with(), CampaignFactory()
    evergreen(account, "Gisteren.", MONDAY - timedelta(days=40), campaign=campaign)
    evergreen(account, "Lang geleden.", campaign=campaign, page=StoryPageFactory())
    assert tick() == 2
    assert shown_texts(account) == ["Lang geleden.", "Gisteren."]
    rows = PlatformPost.objects.filter(status=Status.SCHEDULED).order_by("due_at")
    assert [row.due_at for row in rows] == [datetime(2026, 5, day, 8, tzinfo=UTC) for day in (4, 5)]
    assert ShortUrl.objects.filter(platform_post__post__text="Lang geleden.").count() == 2, (
        "one for each time"
    )
    assert tick() == 0, "a second look finds nothing to fill"


@time_machine.travel(MONDAY, tick=False)
def test_what_people_planned_keeps_its_slot() -> None:
    account = account_with()
    approved_post(account, due_at=datetime(2026, 5, 4, 8, tzinfo=UTC), text="Van ons.")
    evergreen(account, "Altijd goed.")
    assert tick() == 1
    assert EvergreenTurn.objects.get().at == datetime(2026, 5, 5, 8, tzinfo=UTC)


@time_machine.travel(MONDAY, tick=False)
def test_a_cancelled_turn_leaves_its_slot_empty() -> None:
    account = account_with("ma 10:00")
    evergreen(account, "Altijd goed.")
    tick()
    assert cancel_platform_post(EvergreenTurn.objects.get().post.platform_posts.get(), "Nee.")
    assert tick() == 0


def taken_offline(post: Post) -> None:
    assert post.page is not None
    post.page.unpublish()


def in_a_pause(post: Post) -> None:
    pause(post.campaign, PersonFactory())


def unapproved(post: Post) -> None:
    post.unpublish()


def over(post: Post) -> None:
    post.campaign.ends_on = MONDAY.date() - timedelta(days=1)
    post.campaign.save()


def taken_down(post: Post) -> None:
    take_down_everywhere(post, None)


@pytest.mark.parametrize("trouble", [taken_offline, in_a_pause, unapproved, over, taken_down])
@time_machine.travel(MONDAY, tick=False)
def test_what_may_not_go_out_is_skipped_and_says_why(trouble: Any, browser_of: Any) -> None:
    account = account_with()
    post = evergreen(account, "Over een verhaal.", page=StoryPageFactory())
    evergreen(account, "Iets anders.")
    trouble(post)
    tick()
    assert "Over een verhaal." not in shown_texts(account)
    assert shown_texts(account)[0] == "Iets anders."
    staff: Client = browser_of("Campaign staff")
    rows = staff.get(reverse("evergreen")).context["queues"][0].rows
    reason = next(row.reason for row in rows if row.candidate.entry.post == post)
    assert reason, "staff see why"


@pytest.mark.parametrize("trouble", [unapproved, taken_down])
@time_machine.travel(MONDAY, tick=False)
def test_a_planned_turn_follows_its_source(trouble: Any) -> None:
    account = account_with()
    source = evergreen(account, "Altijd goed.")
    tick()
    turn = EvergreenTurn.objects.get()
    assert clearance_of(turn.post).allowed
    trouble(source)
    answer = clearance_of(Post.objects.get(pk=turn.post_id))
    assert not answer.allowed
    assert not answer.may_return


@time_machine.travel(MONDAY, tick=False)
def test_staff_put_in_reorder_and_take_out(browser_of: Any) -> None:
    staff: Client = browser_of("Campaign staff")
    account = account_with()
    posts = [approved_post(account, due_at=LONG_AGO, text=text) for text in ("Eén.", "Twee.")]
    for post in posts:
        staff.post(reverse("evergreen_post", args=[post.pk]), {"add": "1"})
        staff.post(reverse("evergreen_post", args=[post.pk]), {"add": "1"})  # a second press
    assert [entry.post for entry in EvergreenPost.objects.all()] == posts
    staff.post(reverse("evergreen_post", args=[posts[1].pk]), {"up": "1"})
    assert [entry.post for entry in EvergreenPost.objects.all()] == posts[::-1]
    staff.post(reverse("evergreen_post", args=[posts[1].pk]), {"remove": "1"})
    assert [entry.post for entry in EvergreenPost.objects.all()] == posts[:1]
    saved = staff.post(
        reverse("evergreen_accounts"), {f"days-{one.pk}": "3" for one in SocialAccount.objects.all()}
    )
    assert saved.status_code == 200, "three days of rest are refused"


def test_the_sample_queue_rests_and_is_made_once(browser_of: Any) -> None:
    account = SocialAccount.objects.get(provider="website", language="nl")
    shown = approved_post(account, text="Laatst gezegd.", page=StoryPageFactory(), due_at=timezone.now())
    shown.platform_posts.update(status=Status.PUBLISHED, published_at=timezone.now())
    assert [entry.post for entry in load_queue()] == [shown]
    assert load_queue() == []
    assert tick() == 0
    page = browser_of("Campaign staff").get(reverse("evergreen")).content.decode()
    assert "Laatst gezegd." in page


WORDS = ["Praat erover.", "Praat erover! #samen", "Bel iemand.", "Loop een eind.", "👋"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    rest=st.integers(7, 40),
    slots=st.lists(
        st.sampled_from(["ma 10:00", "di 19:30", "do 12:00", "zo 08:00"]), min_size=1, unique=True
    ),
    looks=st.lists(st.integers(0, 24 * 9), min_size=2, max_size=5),
)
def test_no_words_return_within_the_rest(
    db: None, texts: list[str], rest: int, slots: list[str], looks: list[int]
) -> None:
    """Whatever is in the queue, whenever the clock looks, and whatever people say in between."""
    for model in (EvergreenTurn, EvergreenPost, PlatformPost, EvergreenAccount):
        model.objects.all().delete()
    account, campaign = account_with(", ".join(slots), rest), CampaignFactory()
    for text in texts:
        evergreen(account, text, campaign=campaign)
    now, said = MONDAY, looks.pop() // 10  # days until people say one of the texts themselves
    with time_machine.travel(now, tick=False) as clock:
        approved_post(account, due_at=now + timedelta(days=said), text=WORDS[0], campaign=campaign)
        for hours in looks:
            now += timedelta(hours=hours)
            clock.move_to(now)
            tick()
    rows = PlatformPost.objects.filter(account=account, post__evergreen_turn__isnull=False)
    times = [(words_of(row.text), row.due_at) for row in rows]
    times += [(words_of(WORDS[0]), MONDAY + timedelta(days=said))]
    for (words, at), (others, then) in combinations(times, 2):
        assert words != others or abs(at - then) >= timedelta(days=rest)
    assert rows.values("due_at").distinct().count() == rows.count(), "one post a slot"


@pytest.mark.parametrize("asked_of", ["the post", "its turn"])
@time_machine.travel(MONDAY, tick=False)
def test_taking_a_post_down_takes_its_repeats_down(asked_of: str, browser_of: Any) -> None:
    account = account_with()
    source = evergreen(account, "Een fout die niemand zag.")
    evergreen(account, "Iets anders.", MONDAY - timedelta(days=40))
    tick()
    turn = EvergreenTurn.objects.get(source=source)
    PlatformPost.objects.filter(post=turn.post).update(status=Status.PUBLISHED, published_at=MONDAY)
    asked = source if asked_of == "the post" else turn.post

    page = browser_of("Campaign staff").get(reverse("take_down_everywhere", args=[asked.pk])).content.decode()
    assert "1 keer dat het als blijvend bericht" in page
    assert "Het staat op 1 account " in page, "twice on one account is one account"
    take_down = take_down_everywhere(asked, None)

    assert len(ledger_of(take_down)) == 2
    rows = PlatformPost.objects.filter(post__in=[source, turn.post])
    assert all(row.removal_requested_at for row in rows)
    assert not PlatformPost.objects.exclude(post__in=[source, turn.post]).filter(
        removal_requested_at__gt=MONDAY
    )
    assert not Post.objects.filter(pk__in=[source.pk, turn.post.pk], live=True).exists()
