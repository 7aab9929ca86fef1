"""A campaign chooses one colour; whatever it is, its page stays readable."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from campaigns.branding import PAPER_BY_NIGHT, WHITE, brand_css, contrast, parse
from campaigns.models import CampaignPage
from drieklank.models import HomePage
from tests.factories.campaigns import CampaignFactory

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def tokens(css: str) -> tuple[dict[str, str], dict[str, str]]:
    """The tokens by day, and those by night over them."""
    day, night = (dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", part)) for part in css.split("@media"))
    return day, {**day, **night}


@given(colours)
def test_every_colour_gives_readable_text(colour: str) -> None:
    for theme, paper in zip(tokens(brand_css(colour)), (WHITE, PAPER_BY_NIGHT), strict=True):
        deep = parse(theme["--brand-deep"])
        action = parse(theme["--brand-action"])
        assert contrast(parse(theme["--brand-on-deep"]), deep) >= 7
        assert contrast(parse(theme["--brand-on-deep-soft"]), deep) >= 4.5
        assert contrast(parse(theme["--brand-on-action"]), action) >= 4.5
        assert contrast(parse(theme["--brand-on-action"]), parse(theme["--brand-action-hover"])) >= 4.5
        assert contrast(action, paper) >= 4.5
        assert contrast(parse(theme["--brand-1"]), paper) >= 3


def test_a_dark_colour_stays_as_it_is() -> None:
    assert tokens(brand_css("#1b3a5e"))[0]["--brand-deep"] == "#1b3a5e"


@pytest.mark.parametrize("text", ["red", "#12345", "#1234567", "1234567"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(text)):
        parse(text)


@pytest.fixture
def campaign_page(db: None) -> CampaignPage:
    page = CampaignPage(title="Openhartig", campaign=CampaignFactory(brand_colour="#c2410c"))
    HomePage.objects.get(locale__language_code="nl").add_child(instance=page)
    return page


def test_a_campaign_page_brings_its_colour_in_a_sheet_of_its_own(
    client: Client, campaign_page: CampaignPage
) -> None:
    html = client.get(campaign_page.url).content.decode()
    link = re.search(r'<link rel="stylesheet" href="([^"]+brand/[^"]*)"', html)
    assert link, "the page links to its colours"
    sheet = client.get(link.group(1))
    assert sheet.headers["Content-Type"] == "text/css"
    assert "--brand-1: #c2410c" in sheet.content.decode()
    assert "style=" not in html


def test_the_feed_that_a_campaign_page_names_is_there(client: Client, campaign_page: CampaignPage) -> None:
    html = client.get(campaign_page.url).content.decode()
    link = re.search(r'type="application/atom\+xml" title="[^"]*" href="([^"]+)"', html)
    assert link, "the page names its feed"
    feed = client.get(link.group(1))
    assert feed.status_code == 200
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
