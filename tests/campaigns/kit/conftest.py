from __future__ import annotations

import pytest

from campaigns.kit.filling import make_kit
from campaigns.kit.models import PartnerKit
from campaigns.models import Campaign, Partner
from tests.factories.campaigns import CampaignFactory


@pytest.fixture
def campaign() -> Campaign:
    made: Campaign = CampaignFactory(name="Limburg Openhartig", slug="limburg-openhartig")
    made.partners.add(Partner.objects.create(name="Gemeente Voorbeeld"))
    return made


@pytest.fixture
def kit(campaign: Campaign) -> PartnerKit:
    return make_kit(campaign, campaign.partners.get(), ["nl", "fr"], "kit@example.org")
