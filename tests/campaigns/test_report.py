"""A quarterly report says what is stored, under its own name, and calls unknown what nobody told."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.models import Campaign, Metric, PlatformPost, SocialAccount
from campaigns.reporting.figures import report_of
from campaigns.reporting.quarters import Quarter
from campaigns.states import Status
from tests.factories.campaigns import CampaignFactory, MemoryNetwork, SocialAccountFactory, scheduled
from tests.factories.meetings import meeting

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
SPRING = Quarter(2026, 2)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(db: None) -> Campaign:
    return CampaignFactory()


@pytest.fixture
def account(network: MemoryNetwork, campaign: Campaign) -> SocialAccount:
    return SocialAccountFactory()


def out(account: SocialAccount, campaign: Campaign, at: datetime = NOON, **fields: Any) -> PlatformPost:
    row = scheduled(account, campaign=campaign, **fields)
    PlatformPost.objects.filter(pk=row.pk).update(status=Status.PUBLISHED, published_at=at)
    return row


def told(row: PlatformPost, name: str, value: int, at: datetime = NOON) -> None:
    Metric.objects.create(platform_post=row, name=name, value=value, source="memory", fetched_at=at)


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_every_day_lies_in_one_quarter(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.next.previous == quarter
    assert quarter.next.first_day == quarter.last_day + timedelta(days=1)
    assert Quarter.read(str(quarter)) == quarter


@pytest.mark.parametrize("text", ["", "2026-5", "2026-0", "26-1", "2026-1 ", "x", "1999-1"])
def test_what_is_no_quarter_is_none(text: str) -> None:
    assert Quarter.read(text) is None


def test_kinds_stay_apart_and_unknown_is_not_zero(account: SocialAccount, campaign: Campaign) -> None:
    first, second = out(account, campaign), out(account, campaign, text="Nog een.")
    told(first, "likes", 3, NOON)
    told(first, "likes", 5, NOON + timedelta(days=1))
    told(second, "likes", 0)
    rows = {str(row.name): (row.value, row.known, row.posts) for row in report_of(campaign, SPRING).rows}
    assert sorted(rows.values(), key=str) == [(5, 2, 2), (None, 0, 2), (None, 0, 2)]


def test_only_what_the_quarter_knew_counts(account: SocialAccount, campaign: Campaign) -> None:
    before = out(account, campaign, datetime(2026, 3, 31, 21, 59, tzinfo=UTC))  # one minute to midnight here
    inside = out(account, campaign, datetime(2026, 3, 31, 22, 0, tzinfo=UTC), text="In de nacht.")
    told(before, "likes", 100)
    told(inside, "likes", 7)
    told(inside, "likes", 70, datetime(2026, 6, 30, 22, 0, tzinfo=UTC))  # after the quarter
    report = report_of(campaign, SPRING)
    assert report.posts == 1
    assert [row.value for row in report.rows if row.known] == [7]


def test_visits_are_known_once_a_link_was_out(account: SocialAccount, campaign: Campaign) -> None:
    assert report_of(campaign, SPRING).visits is None
    row = out(account, campaign, link="https://a.example/")
    assert report_of(campaign, SPRING).visits == 0
    row.short_url.count_visit(date(2026, 5, 5))
    row.short_url.count_visit(date(2026, 7, 1))
    assert report_of(campaign, SPRING).visits == 1


def test_meetings_of_the_quarter_with_those_who_were_counted(campaign: Campaign) -> None:
    meeting(campaign, starts_at=NOON, people_reached=12)
    meeting(campaign, starts_at=NOON + timedelta(days=1))
    meeting(campaign, starts_at=NOON, people_reached=99, is_example=True)
    report = report_of(campaign, SPRING)
    assert (len(report.meetings), report.people, report.meetings_counted) == (2, 12, 1)


def test_staff_read_print_and_download_it(
    staff: Client, browser_of: Any, account: SocialAccount, campaign: Campaign
) -> None:
    told(out(account, campaign), "likes", 5)
    address = reverse("campaign:report", args=[campaign.pk])
    page = staff.get(address, {"quarter": "2026-2"}).content.decode()
    assert "niet bekend" in page
    assert ">5</td>" in page
    answer = staff.get(address, {"quarter": "2026-2", "format": "csv"})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{campaign.slug}-2026-2.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert sorted((row[2] for row in rows[1:3]), reverse=True) == ["5", ""]
    assert staff.get(address, {"quarter": "nonsense"}).status_code == 200
    assert browser_of("Editors").get(address).status_code == 302
