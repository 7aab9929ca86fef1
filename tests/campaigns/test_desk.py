"""The campaign's desk: stored figures only, "–" for what is not known, and the same work for 10 posts and for 200."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.actions import pause_account
from campaigns.admin.charts import every_day, line_chart
from campaigns.models import Campaign, Metric, PlatformPost, Post, ShortUrl, SocialAccount, VisitCount
from campaigns.reach import Series, reach_of
from campaigns.states import Status
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
    scheduled,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign() -> Campaign:
    return CampaignFactory(name="Limburg Openhartig", aim="Praten moet gewoon zijn.")


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory(name="mila.example")


def published(account: SocialAccount, campaign: Campaign, **fields: Any) -> PlatformPost:
    row = scheduled(account, NOON, campaign=campaign, **fields)
    PlatformPost.objects.filter(pk=row.pk).update(status=Status.PUBLISHED, published_at=NOON)
    row.refresh_from_db()
    return row


def measure(row: PlatformPost, at: datetime = NOON, **figures: int) -> None:
    for name, value in figures.items():
        Metric.objects.create(platform_post=row, name=name, value=value, source="memory", fetched_at=at)


def desk(browser: Client, campaign: Campaign, query: str = "") -> Any:
    return browser.get(reverse("campaign:desk", args=[campaign.pk]) + query)


def cells(response: Any, row: PlatformPost) -> list[str]:
    """What the table shows of one message: visits, likes, reposts, replies, quotes."""
    html = response.content.decode()
    line = next(part for part in html.split("<tr ") if f"{row.account}</td>" in part)
    numbers = re.findall(r'class="c-number">(.*?)</td>', line, re.S)
    return [re.sub(r"<.*?>", "", number).strip() for number in numbers]


def test_a_post_shows_the_last_figure_of_each_kind(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    row = published(account, campaign, link="https://example.org/")
    measure(row, NOON - timedelta(hours=2), likes=3, reposts=1)
    measure(row, NOON, likes=5, reposts=0)
    VisitCount.objects.create(short_url=row.short_url, day=date(2026, 5, 3), visits=4)
    VisitCount.objects.create(short_url=row.short_url, day=date(2026, 5, 4), visits=2)
    assert cells(desk(staff, campaign), row) == ["6", "5", "0", "–", "–"]


def test_what_is_not_known_is_never_shown_as_zero(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    row = published(account, campaign)
    assert cells(desk(staff, campaign), row) == ["–"] * 5


def test_a_link_that_nobody_followed_has_no_visits_and_that_is_known(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    row = published(account, campaign, link="https://example.org/")
    assert cells(desk(staff, campaign), row)[0] == "0"


def test_only_figures_of_one_kind_on_one_network_are_added(
    campaign: Campaign, account: SocialAccount
) -> None:
    for likes, reposts in ((3, 1), (4, 2)):
        measure(published(account, campaign), likes=likes, reposts=reposts)
    measure(published(account, CampaignFactory()), likes=100)
    published(account, campaign)  # has not been measured
    totals = reach_of(campaign).totals
    assert [(total.network, total.name, total.value, total.posts) for total in totals] == [
        ("memory", "likes", 7, 2),
        ("memory", "reposts", 3, 2),
    ]


def test_the_chart_carries_a_figure_on_until_it_is_measured_again(
    campaign: Campaign, account: SocialAccount
) -> None:
    first, second = published(account, campaign), published(account, campaign)
    measure(first, NOON - timedelta(days=3), likes=2)
    measure(first, NOON - timedelta(days=3, hours=-1), likes=3)
    measure(second, NOON - timedelta(days=1), likes=10)
    measure(first, NOON, likes=1)
    (likes,) = reach_of(campaign).series
    assert likes.points == ((date(2026, 5, 1), 3), (date(2026, 5, 3), 13), (date(2026, 5, 4), 11))


def test_the_table_beside_the_chart_says_the_same(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    row = published(account, campaign)
    measure(row, NOON - timedelta(days=1), likes=17)
    measure(row, NOON, likes=29)
    html = desk(staff, campaign).content.decode()
    assert "<svg" in html
    assert " style=" not in html[html.index('<div class="c-desk">') :]
    table = html[html.index("c-figure__table") :]
    assert "17" in table
    assert "29" in table


def test_a_chart_starts_at_zero_and_ends_today() -> None:
    chart = line_chart([Series("Likes", ((date(2026, 5, 1), 7), (date(2026, 5, 3), 43)))], date(2026, 5, 5))
    assert chart is not None
    assert [tick.label for tick in chart.y_ticks] == [0, 10, 20, 30, 40, 50]
    assert [tick.label for tick in chart.x_ticks] == [date(2026, 5, day) for day in range(1, 6)]
    assert chart.lines[0].points[0].x == chart.left
    assert chart.top < chart.lines[0].points[1].y < chart.lines[0].points[0].y < chart.bottom


def test_a_day_without_visits_between_two_others_is_a_zero() -> None:
    counted = ((date(2026, 5, 1), 4), (date(2026, 5, 4), 2))
    assert [value for __, value in every_day(counted)] == [4, 0, 0, 2]
    assert every_day(()) == ()


def test_drafts_stand_on_the_desk_too(staff: Client, campaign: Campaign) -> None:
    PostFactory(campaign=campaign, text="Nog niet klaar")
    assert "Nog niet klaar" in desk(staff, campaign).content.decode()


def test_an_empty_desk_says_how_to_begin(staff: Client, campaign: Campaign) -> None:
    html = desk(staff, campaign).content.decode()
    assert (
        html.count(reverse("campaign:announce", args=[campaign.pk])) == 2
    )  # in the head and where the posts will be


def plenty(campaign: Campaign, account: SocialAccount, number: int) -> None:
    """Posts with figures, as cheaply as a test may make them."""
    locale = PostFactory(campaign=campaign).locale
    posts = Post.objects.bulk_create(
        [
            Post(campaign=campaign, locale=locale, text=f"Bericht {index}", live=True)
            for index in range(number)
        ]
    )
    rows = PlatformPost.objects.bulk_create(
        [
            PlatformPost(
                post=post,
                account=account,
                text=post.text,
                idempotency_key=f"{campaign.pk}-{post.pk}",
                status=Status.PUBLISHED,
                dated_at=NOON,
                due_at=NOON,
                next_attempt_at=NOON,
                published_at=NOON,
            )
            for post in posts
        ]
    )
    Metric.objects.bulk_create(
        [
            Metric(
                platform_post=row,
                name="likes",
                value=1,
                source="memory",
                fetched_at=NOON - timedelta(days=day),
            )
            for row in rows
            for day in range(3)
        ]
    )
    links = ShortUrl.objects.bulk_create(
        [ShortUrl(platform_post=row, address="https://example.org/") for row in rows]
    )
    VisitCount.objects.bulk_create([VisitCount(short_url=link, day=NOON.date(), visits=1) for link in links])


def test_the_work_does_not_grow_with_the_posts(staff: Client, account: SocialAccount) -> None:
    counts = []
    for number in (10, 200):
        campaign = CampaignFactory()
        plenty(campaign, account, number)
        desk(staff, campaign)  # warms what is kept between requests
        with CaptureQueriesContext(connection) as queries:
            response = desk(staff, campaign)
        assert response.context["reach"].all_visits == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_of_posts_does_not_grow_either(staff: Client, account: SocialAccount) -> None:
    counts = []
    for number in (5, 20):
        campaign = CampaignFactory()
        plenty(campaign, account, number)
        url = f"{reverse('wagtailsnippets_campaigns_post:list')}?campaign={campaign.pk}"
        staff.get(url)
        with CaptureQueriesContext(connection) as queries:
            staff.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("group", "allowed"),
    [
        ("Campaign staff", True),
        ("Editors", False),
        ("Moderators", False),
        ("Translators", False),
        ("Consent officers", False),
    ],
)
def test_who_sees_campaigns(
    group: str, allowed: bool, browser_of: Callable[..., Client], campaign: Campaign
) -> None:
    browser = browser_of(group)
    for url in (
        reverse("campaign:index"),
        reverse("campaign:add"),
        reverse("campaign:edit", args=[campaign.pk]),
        reverse("campaign:desk", args=[campaign.pk]),
        reverse("campaign:announce", args=[campaign.pk]),
        reverse("partner:index"),
    ):
        assert (browser.get(url).status_code == 200) is allowed, url
    menu = browser.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("campaign:index") in menu) is allowed


def test_a_campaign_with_posts_is_kept(staff: Client, campaign: Campaign, account: SocialAccount) -> None:
    published(account, campaign)
    assert staff.post(reverse("campaign:delete", args=[campaign.pk])).status_code == 200
    assert Campaign.objects.filter(pk=campaign.pk).exists()
    empty = CampaignFactory()
    staff.post(reverse("campaign:delete", args=[empty.pk]))
    assert not Campaign.objects.filter(pk=empty.pk).exists()


def test_a_campaign_that_ends_before_it_starts_is_refused_at_the_field(staff: Client) -> None:
    data = {"name": "Voorjaar", "slug": "voorjaar", "starts_on": "2026-06-01", "ends_on": "2026-05-01"}
    response = staff.post(reverse("campaign:add"), data)
    assert list(response.context["form"].errors) == ["ends_on"]


def test_the_first_page_tells_staff_what_needs_them(
    staff: Client, browser_of: Callable[..., Client], campaign: Campaign, account: SocialAccount
) -> None:
    late = scheduled(account, NOON, campaign=campaign, text="Te laat verstuurd")
    PlatformPost.objects.filter(pk=late.pk).update(status=Status.LATE)
    scheduled(account, NOON + timedelta(hours=3), campaign=campaign, text="Straks te lezen")
    pause_account(SocialAccountFactory(name="stil.example"), "Het wachtwoord is ingetrokken.")
    home = reverse("wagtailadmin_home")
    html = staff.get(home).content.decode()
    for words in ("Te laat verstuurd", "Straks te lezen", "stil.example", "Het wachtwoord is ingetrokken."):
        assert words in html
    assert "Te laat verstuurd" not in browser_of("Editors").get(home).content.decode()
