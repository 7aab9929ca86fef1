"""A missing language is seen, and then waited for or let go: on purpose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, ModelLogEntry

from campaigns.actions import publish_platform_post
from campaigns.checking import findings_of
from campaigns.models import PlatformPost, Post, SocialAccount
from campaigns.states import Status
from campaigns.versions import Standing, decide_version, versions_of
from tests.campaigns.editor import NAMES, edit_url
from tests.factories.campaigns import (
    CampaignFactory,
    MemoryNetwork,
    PostFactory,
    SocialAccountFactory,
    approved_post,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(network: MemoryNetwork) -> SocialAccount:
    return SocialAccountFactory()


@pytest.fixture
def post(account: SocialAccount) -> Post:
    """An approved Dutch post of a campaign that speaks Dutch and German."""
    return approved_post(account, campaign=CampaignFactory(languages=["nl", "de"]), translation_key=uuid4())


def standings(post: Post) -> dict[str, Standing]:
    return {version.code: version.standing for version in versions_of(post)}


def german(post: Post, **fields: Any) -> Post:
    return PostFactory(language="de", campaign=post.campaign, translation_key=post.translation_key, **fields)


def decide(browser: Client, post: Post, choice: str, language: str = "de") -> Any:
    return browser.post(reverse(f"{NAMES}:decide_version", args=[post.pk, language]), {"choice": choice})


def warnings(post: Post) -> str:
    return " ".join(str(finding.message) for finding in findings_of(post, []) if not finding.is_error)


def test_a_missing_version_is_seen_until_it_is_written_or_let_go(post: Post) -> None:
    assert standings(post) == {
        "nl": Standing.CURRENT,
        "de": Standing.MISSING,
        "fr": Standing.NOT_PLANNED,
    }
    assert "Duits" in warnings(post)
    decide_version(post, "de", "let-go", None)
    assert standings(post)["de"] is Standing.LET_GO
    assert "Duits" not in warnings(post)
    german(post)
    assert standings(post)["de"] is Standing.WRITTEN


def test_a_post_waits_for_a_version_until_it_is_approved(post: Post, network: MemoryNetwork) -> None:
    decide_version(post, "de", "wait", None)
    row = PlatformPost.objects.get(post=post)
    assert publish_platform_post(row.pk) is Status.SCHEDULED
    row.refresh_from_db()
    assert "in het Duits" in row.message
    with override("fr"):
        assert "en allemand" in row.message
    version = german(post)
    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
        assert publish_platform_post(row.pk) is Status.SCHEDULED
        Post.objects.filter(pk=version.pk).update(live=True)
    with time_machine.travel(NOON + timedelta(minutes=4), tick=False):
        assert publish_platform_post(row.pk) is Status.PUBLISHED
    assert network.stored == 1


def test_a_post_that_goes_without_a_version_goes_at_its_time(post: Post, network: MemoryNetwork) -> None:
    decide_version(post, "de", "wait", None)
    decide_version(post, "de", "let-go", None)
    assert publish_platform_post(PlatformPost.objects.get(post=post).pk) is Status.PUBLISHED


def test_staff_decide_on_a_page_and_it_is_written_down(staff: Client, post: Post) -> None:
    assert "gaan niet" not in staff.get(edit_url(post)).content.decode()
    response = decide(staff, post, "wait")
    assert response.headers["Location"] == edit_url(post)
    assert "Ontbreekt: de andere versies wachten erop." in staff.get(edit_url(post)).content.decode()
    entry = ModelLogEntry.objects.get(action="campaigns.decide_version")
    assert entry.data == {"language": "de", "choice": "wait"}


def test_nobody_else_decides_and_nothing_strange_is_decided(
    staff: Client, browser_of: Any, post: Post
) -> None:
    assert decide(browser_of("Editors"), post, "wait").status_code == 302
    assert decide(staff, post, "perhaps").status_code == 200
    assert decide(staff, post, "wait", language="en").status_code == 404
    assert standings(post)["de"] is Standing.MISSING


def test_the_versions_stand_side_by_side_with_their_texts(staff: Client, post: Post) -> None:
    version = german(post, text="Jeden Morgen radelt Marijke über die Grenze.")
    shown = staff.get(edit_url(post)).content.decode()
    assert "Jeden Morgen radelt Marijke" in shown
    assert edit_url(version) in shown
    assert Locale.objects.count() == 3


def test_the_editor_says_languages_in_the_language_of_whoever_works_there(
    post: Post, browser_of: Any
) -> None:
    page = browser_of("Campaign staff").get(reverse(f"{NAMES}:edit", args=[post.pk])).content.decode()
    assert "De versie in het Duits schrijven" in page
