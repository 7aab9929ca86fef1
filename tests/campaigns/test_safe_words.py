"""A post is read by people who did not choose to: words about suicide that can do harm stop its approval."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.models import Locale

from campaigns.checking import errors_in, findings_of, warnings_in
from campaigns.models import PlatformPost, Post, PostTarget
from tests.campaigns.editor import approve, errors, typed
from tests.factories.campaigns import CampaignFactory, MemoryNetwork, SocialAccountFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "text"),
    [("text", "Zijn broer pleegde zelfmoord."), ("image_alt", "Een kaars na een zelfmoord")],
)
def test_unsafe_words_stop_the_approval_at_their_field(
    field: str, text: str, staff: Client, network: MemoryNetwork
) -> None:
    data = typed(CampaignFactory(), SocialAccountFactory(), planned_at="", **{field: text})
    with override("nl"):
        found = errors(approve(staff, data))
    assert "zelfdoding" in found[field][0]
    assert not PlatformPost.objects.exists()


def test_the_text_of_one_account_is_checked_too(staff: Client, network: MemoryNetwork) -> None:
    data = typed(CampaignFactory(), SocialAccountFactory(), planned_at="")
    response = approve(staff, {**data, "targets-0-text": "Hij sprong voor de trein."})
    assert response.status_code == 200
    assert not PlatformPost.objects.exists()


def test_neutral_words_go_out(staff: Client, network: MemoryNetwork) -> None:
    data = typed(
        CampaignFactory(), SocialAccountFactory(), planned_at="", text="Denkt u aan zelfdoding? Bel 113."
    )
    assert approve(staff, data).status_code == 302
    assert PlatformPost.objects.count() == 1


def test_advice_is_a_warning_and_no_error(network: MemoryNetwork) -> None:
    campaign, account = CampaignFactory(), SocialAccountFactory()
    post = Post(
        campaign=campaign,
        locale=Locale.objects.get(language_code="nl"),
        text="Hij maakte een einde aan zijn leven omdat hij alleen was.",
    )
    findings = findings_of(post, [PostTarget(post=post, account=account)])
    assert "text" in {finding.field for finding in warnings_in(findings)}
    assert "text" not in {finding.field for finding in errors_in(findings)}
