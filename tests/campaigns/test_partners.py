"""Nobody is named in public as a partner before they said that they take part."""

from __future__ import annotations

import pytest
from django.test import Client

from campaigns.models import CampaignPage, Partner
from drieklank.models import HomePage
from tests.factories.campaigns import CampaignFactory

pytestmark = pytest.mark.django_db


def test_only_confirmed_partners_are_named(client: Client) -> None:
    campaign = CampaignFactory()
    campaign.partners.add(
        Partner.objects.create(name="Gemeente Voorbeeld", is_confirmed=True),
        Partner.objects.create(name="Gemeente Misschien"),
    )
    page = CampaignPage(title="Limburg Openhartig", campaign=campaign)
    HomePage.objects.get(locale__language_code="nl").add_child(instance=page)

    shown = client.get(page.url).content.decode()

    assert "Gemeente Voorbeeld" in shown
    assert "Gemeente Misschien" not in shown
