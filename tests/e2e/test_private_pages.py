"""The pages of partners and of those who are asked for their word: by a private link, for everybody, on any screen."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override
from playwright.sync_api import expect

from campaigns.approval.arranging import Step, arrange_steps
from campaigns.approval.models import SignOff
from campaigns.kit.filling import make_kit
from campaigns.kit.models import PartnerFigure, PartnerKit
from campaigns.models import Partner, Post, PostTarget, SocialAccount
from tests.factories.campaigns import CampaignFactory, PostFactory, approved_post
from tests.factories.pages import StoryPageFactory
from tests.factories.people import PersonFactory

WORDS = "Wie in uw straat is blij met een kop koffie?"
WINDOWS = [{}, {"dark": True}, {"width": 320, "height": 568}]


@pytest.fixture
def kit(live_server: Any, settings: Any) -> PartnerKit:
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    campaign = CampaignFactory()
    made = make_kit(campaign, Partner.objects.create(name="Gemeente Voorbeeld"), ["nl"])
    approved_post(campaign=campaign, page=StoryPageFactory(), text=WORDS)
    return made


@pytest.fixture
def sign_off(live_server: Any, settings: Any) -> SignOff:
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    campaign, writer = CampaignFactory(), PersonFactory(group="Campaign staff")
    arrange_steps(campaign, [Step("Gemeente Voorbeeld")])
    post = PostFactory(campaign=campaign, text=WORDS)
    post.targets = [PostTarget(account=SocialAccount.objects.get(provider="website", language="nl"))]
    post.save()
    post.save_revision(user=writer)
    workflow = post.get_workflow()
    assert workflow is not None
    workflow.start(post, writer).current_task_state.specific.approve(user=writer)
    return SignOff.objects.get()


def kit_address(kit: PartnerKit) -> str:
    from campaigns.kit.telling import address_of

    return address_of(kit)


def sign_off_address(sign_off: SignOff) -> str:
    from campaigns.approval.reminding import address_of

    with override("nl"):
        return address_of(sign_off)


@pytest.mark.parametrize("window", WINDOWS, ids=["day", "night", "narrow"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    kit: PartnerKit, sign_off: SignOff, visit: Any, window: dict[str, Any]
) -> None:
    visitor = visit(**window)
    faults = []
    for address in (kit_address(kit), sign_off_address(sign_off)):
        page = visitor.open(address)
        faults += visitor.accessibility_faults()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert faults == []
    assert visitor.context.cookies() == []
    assert visitor.refusals == []


def test_a_partner_says_that_it_posted_without_javascript(kit: PartnerKit, visit: Any) -> None:
    page = visit(java_script_enabled=False).open(kit_address(kit))
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_role("link", name="WhatsApp")).to_be_visible()
    page.get_by_label("Hoeveel mensen hebt u ermee bereikt?").fill("250")
    page.get_by_role("button", name="Wij hebben het geplaatst").click()
    expect(page.get_by_role("status").first).to_contain_text("Dank u wel")
    assert PartnerFigure.objects.get().value == 250


def test_one_touch_copies_the_text(kit: PartnerKit, visit: Any) -> None:
    visitor = visit()
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.open(kit_address(kit))
    page.get_by_role("button", name="Tekst kopiëren").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    assert WORDS in page.evaluate("navigator.clipboard.readText()")


def test_somebody_without_an_account_agrees_and_the_post_goes_its_way(sign_off: SignOff, visit: Any) -> None:
    page = visit(java_script_enabled=False).open(sign_off_address(sign_off))
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_role("button", name="Ik ga akkoord").click()
    expect(page.get_by_text("Schrijf uw naam")).to_be_visible()
    page.get_by_label("Uw naam").fill("Annelies")
    page.get_by_role("button", name="Ik ga akkoord").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("u ging akkoord")
    assert Post.objects.get(pk=sign_off.post_id).live
