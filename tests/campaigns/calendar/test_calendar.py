"""The calendar of campaign staff: what stands where, for whom, and at which address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.calendar.days import special_days
from campaigns.calendar.events import CalendarEvent, _sources, register_event_source
from campaigns.calendar.periods import VIEWS, Period
from campaigns.models import Partner, PlatformPost, Post, SocialAccount
from campaigns.states import Status
from tests.campaigns.editor import NOON, approve, typed
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
    approved_post,
    scheduled,
)
from tests.factories.many_posts import make_many_posts

MAY = "/admin/campaigns/calendar/2026/5/"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory(name="mila.example")


def entries(response: Any) -> list[Any]:
    return [entry for day in response.context["days"] for entry in day.entries]


def texts(response: Any) -> set[str]:
    return {entry.text for entry in entries(response)}


@pytest.mark.django_db
def test_the_door_leads_to_this_month_with_its_filters(staff: Client) -> None:
    response = staff.get("/admin/campaigns/calendar/?language=de")
    assert response["Location"] == f"{MAY}?language=de"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["2026/5/", "2026/week/19/", "2026/5/5/", "list/2026/5/4/"],
)
def test_a_post_stands_in_every_view_at_the_time_on_the_wall(
    path: str, staff: Client, account: SocialAccount
) -> None:
    scheduled(account, datetime(2026, 5, 5, 17, 30, tzinfo=UTC))
    response = staff.get(f"/admin/campaigns/calendar/{path}")
    (entry,) = entries(response)
    assert (entry.at.date(), f"{entry.at:%H:%M}") == (date(2026, 5, 5), "19:30")
    html = response.content.decode()
    assert "Iedere ochtend fietst Marijke" in html
    assert "19:30" in html
    assert str(Status.SCHEDULED.label) in html  # a state is never a colour alone


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["2026/13/", "2026/2/30/", "2025/week/53/", "1850/5/", "9999/12/31/"])
def test_days_that_do_not_exist_have_no_page(path: str, staff: Client) -> None:
    assert staff.get(f"/admin/campaigns/calendar/{path}").status_code == 404


@pytest.mark.django_db
def test_a_post_on_two_accounts_at_one_time_is_one_entry(staff: Client, account: SocialAccount) -> None:
    other = SocialAccountFactory(name="zweite.example")
    approved_post(account, other, due_at=NOON + timedelta(hours=2))
    (entry,) = entries(staff.get(MAY))
    assert [one.name for one in entry.accounts] == ["mila.example", "zweite.example"]


@pytest.mark.django_db
def test_a_draft_stands_at_the_time_that_was_written_last(staff: Client, account: SocialAccount) -> None:
    campaign = CampaignFactory()
    staff.post(
        reverse("wagtailsnippets_campaigns_post:add") + "?locale=nl",
        typed(campaign, account, planned_at="2026-05-06 08:00"),
    )
    post = Post.objects.get()
    draft = post.get_latest_revision_as_object()
    draft.planned_at = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)
    draft.text = "Nieuwe tekst"
    draft.save_revision()
    (entry,) = entries(staff.get(MAY))
    assert (entry.status, entry.text, entry.at.day) == (Status.DRAFT, "Nieuwe tekst", 20)
    assert [one.name for one in entry.accounts] == ["mila.example"]


@pytest.mark.django_db
def test_an_approved_post_is_no_draft_any_more(staff: Client, account: SocialAccount) -> None:
    approve(staff, typed(CampaignFactory(), account))
    assert [entry.status for entry in entries(staff.get(MAY))] == [Status.SCHEDULED]


@pytest.mark.django_db
def test_filters_leave_out_the_rest(staff: Client, account: SocialAccount) -> None:
    partner = Partner.objects.create(name="Roermond")
    open_hearted = CampaignFactory(name="Openhartig")
    open_hearted.partners.add(partner)
    german = SocialAccountFactory(name="region.example", language="de")
    soon = NOON + timedelta(hours=2)
    scheduled(account, soon, campaign=open_hearted, text="een")
    late = scheduled(german, soon, language="de", text="twee")
    PlatformPost.objects.filter(pk=late.pk).update(status=Status.LATE)
    draft = PostFactory(text="drie", planned_at=soon)
    draft.save_revision()
    assert texts(staff.get(MAY)) == {"een", "twee", "drie"}
    for query, expected in {
        f"campaign={open_hearted.pk}": {"een"},
        f"partner={partner.pk}": {"een"},
        "language=de": {"twee"},
        f"account={german.pk}": {"twee"},
        "state=late": {"twee"},
        "state=draft": {"drie"},
        "language=nl&state=scheduled": {"een"},
        "campaign=999999&language=xx": {"een", "twee", "drie"},  # what makes no sense is left out
    }.items():
        assert texts(staff.get(f"{MAY}?{query}")) == expected, query


@pytest.mark.django_db
def test_the_person_who_changed_a_post_last_is_a_filter(
    browser_of: Callable[..., Client], account: SocialAccount
) -> None:
    mila, tom = (browser_of("Campaign staff", email=f"{name}@example.org") for name in ("mila", "tom"))
    campaign = CampaignFactory()
    approve(mila, typed(campaign, account, text="van Mila"))
    approve(tom, typed(campaign, account, text="van Tom"))
    person = Post.objects.get(text="van Tom").latest_revision.user
    assert texts(mila.get(f"{MAY}?person={person.pk}")) == {"van Tom"}


@pytest.mark.django_db
def test_links_between_views_keep_the_filters(staff: Client) -> None:
    html = staff.get(f"{MAY}?language=de").content.decode()
    for path in ("2026/6/", "2026/4/", "2026/week/19/", "2026/5/4/", "list/2026/5/4/"):
        assert f'href="/admin/campaigns/calendar/{path}?language=de"' in html


@pytest.mark.django_db
def test_a_crowded_day_shows_the_first_and_leads_to_the_rest(staff: Client, account: SocialAccount) -> None:
    make_many_posts(30, [account], CampaignFactory(), NOON + timedelta(hours=1), timedelta(minutes=1))
    response = staff.get(MAY)
    assert len(entries(response)) == 4
    day = next(day for day in response.context["days"] if day.more)
    assert (day.more, day.url) == (26, "/admin/campaigns/calendar/2026/5/4/")
    assert len(entries(staff.get(day.url))) == 30


@pytest.mark.django_db
def test_a_month_of_two_thousand_posts_takes_less_than_twenty_queries(
    staff: Client, account: SocialAccount
) -> None:
    german = SocialAccountFactory(language="de")
    first = datetime(2026, 5, 1, 6, 0, tzinfo=UTC)
    make_many_posts(2000, [account, german], CampaignFactory(), first, timedelta(minutes=21))
    staff.get(MAY)
    with CaptureQueriesContext(connection) as queries:
        response = staff.get(MAY)
    assert response.context["total"] == 2000
    assert len(queries) < 20


@pytest.mark.django_db
def test_the_calendar_is_for_those_who_work_on_posts(browser_of: Callable[..., Client]) -> None:
    for group, status in {"Campaign staff": 200, "Editors": 302, "Consent officers": 302}.items():
        assert browser_of(group).get(MAY).status_code == status, group
    assert b"campaigns/calendar" not in browser_of("Editors").get("/admin/").content


@pytest.mark.django_db
def test_what_others_know_of_stands_beside_the_posts(staff: Client) -> None:
    @register_event_source
    def source(begin: datetime, end: datetime, campaign: int | None) -> list[CalendarEvent]:
        return [CalendarEvent("e1", "Koffie op het plein", NOON + timedelta(days=1), place="Roermond")]

    try:
        html = staff.get(MAY).content.decode()
    finally:
        _sources.remove(source)
    assert "Koffie op het plein" in html
    assert "Roermond" in html


def test_holidays_of_three_countries_and_awareness_days_are_known() -> None:
    days = [date(2026, 12, 25), date(2026, 6, 4), date(2026, 7, 21), date(2026, 4, 27), date(2026, 11, 12)]
    known = special_days(days)
    assert known[date(2026, 12, 25)][0].countries == ("NL", "DE", "BE")
    assert known[date(2026, 6, 4)][0].countries == ("DE",)  # Corpus Christi: in North Rhine-Westphalia
    assert known[date(2026, 7, 21)][0].countries == ("BE",)
    assert known[date(2026, 4, 27)][0].countries == ("NL",)
    assert date(2026, 11, 12) not in known
    for day in (date(2026, 9, 10), date(2027, 10, 10)):
        assert [one.countries for one in special_days([day])[day]] == [()]


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.sampled_from(VIEWS))
def test_periods_follow_each_other_without_gap_or_overlap(day: date, view: Any) -> None:
    period = Period.around(view, day)
    assert period.first <= day <= period.last
    assert period.next.first == period.last + timedelta(days=1)
    assert period.previous.last + timedelta(days=1) == period.first
    begin, end = period.moments
    assert (end.replace(tzinfo=None) - begin.replace(tzinfo=None)).days == len(period.days)
    if view == "month":
        assert (period.days[0].weekday(), period.days[-1].weekday()) == (0, 6)


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.sampled_from(VIEWS))
def test_an_address_leads_back_to_its_period(day: date, view: Any) -> None:
    from django.urls import resolve

    period = Period.around(view, day)
    found = resolve(period.url)
    given_ = found.kwargs
    if view == "week":
        again = Period.around(view, date.fromisocalendar(given_["year"], given_["week"], 1))
    else:
        again = Period.around(view, date(given_["year"], given_["month"], given_.get("day", 1)))
    assert again == period
