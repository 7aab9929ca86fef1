"""A goal is measured by its own name alone, and what nobody knows is not called 0."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from campaigns.goals import Progress, progress_of
from campaigns.models import Campaign, CampaignGoal, CampaignPage, FeaturedPage, Metric, SocialAccount
from campaigns.reach import reach_of
from campaigns.states import Status
from drieklank.models import HomePage
from tests.factories.campaigns import CampaignFactory, MemoryNetwork, SocialAccountFactory, scheduled
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


def campaign_with(*measures: str, wanted: int = 100) -> Campaign:
    campaign = CampaignFactory()
    campaign.goals = [CampaignGoal(measure=measure, wanted=wanted) for measure in measures]
    campaign.save()
    return campaign


def progress(campaign: Campaign) -> list[Progress]:
    return progress_of(campaign, reach_of(campaign))


def test_nothing_is_known_before_anything_is_out() -> None:
    known = progress(campaign_with("visits", "bluesky:likes"))
    assert [row.reached.value for row in known] == [None, None]
    assert [row.percent for row in known] == [None, None]


def test_visits_are_a_true_zero_once_a_link_is_out() -> None:
    campaign = campaign_with("visits", wanted=10)
    row = scheduled(
        SocialAccount.objects.get(provider="website", language="nl"),
        campaign=campaign,
        link="https://a.example/",
    )
    type(row).objects.filter(pk=row.pk).update(status=Status.PUBLISHED)
    assert progress(campaign)[0].reached.value == 0
    for __ in range(4):
        row.short_url.count_visit(NOON.date())
    assert progress(campaign)[0].percent == 40


def test_a_figure_counts_for_its_own_network_and_name_only(network: MemoryNetwork) -> None:
    campaign = campaign_with("memory:likes", "memory:reposts", "bluesky:likes")
    row = scheduled(SocialAccountFactory(), campaign=campaign)
    Metric.objects.create(platform_post=row, name="likes", value=7, source="memory", fetched_at=NOON)
    assert [each.reached.value for each in progress(campaign)] == [7, None, None]


def test_stories_told_count_once_a_story_and_no_examples() -> None:
    campaign = campaign_with("stories", wanted=2)
    page = CampaignPage(title="SoMe", campaign=campaign)
    told, offline = StoryPageFactory(is_example=True), StoryPageFactory(live=False)
    page.featured_pages = [FeaturedPage(page=story) for story in (told, offline)]
    HomePage.objects.get(locale__language_code="nl").add_child(instance=page)
    with override("nl"):
        reached = progress(campaign)[0].reached
        assert (reached.value, reached.note) == (0, "1 voorbeeld telt niet mee")
    type(told).objects.filter(pk=told.pk).update(is_example=False)
    assert progress(campaign)[0].percent == 50


def test_the_desk_says_what_is_not_known(staff: Client) -> None:
    campaign = campaign_with("bluesky:likes")
    shown = staff.get(reverse("campaign:desk", args=[campaign.pk])).content.decode()
    assert "niet bekend, van 100" in shown


def test_staff_set_goals_regions_and_a_budget_in_one_form(staff: Client) -> None:
    typed: dict[str, Any] = {
        "name": "Openhartig",
        "slug": "openhartig",
        "languages": ["nl", "fr"],
        "regions": ["zuid-limburg"],
        "budget": "1500.50",
        "goals-TOTAL_FORMS": 1,
        "goals-INITIAL_FORMS": 0,
        "goals-0-measure": "visits",
        "goals-0-wanted": 50,
        "goals-0-ORDER": 1,
        "funding_notices-TOTAL_FORMS": 0,
        "funding_notices-INITIAL_FORMS": 0,
    }
    response = staff.post(reverse("campaign:add"), typed)
    assert response.status_code == 302, response.context["form"].errors
    campaign = Campaign.objects.get(slug="openhartig")
    assert campaign.expected_languages == ["nl", "fr"]
    assert (campaign.regions, campaign.spent) == (["zuid-limburg"], None)
    assert [goal.measure for goal in campaign.goals.all()] == ["visits"]

    refused = staff.post(
        reverse("campaign:add"), {**typed, "name": "B", "slug": "b", "regions": ["mars"], "goals-0-wanted": 0}
    )
    assert refused.status_code == 200
    form = refused.context["form"]
    assert list(form.errors) == ["regions"]
    assert list(form.formsets["goals"].forms[0].errors) == ["wanted"]
