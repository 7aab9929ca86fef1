"""A sample kit for one partner of each sample campaign. Nobody is mailed: it has no address."""

from __future__ import annotations

from django.conf import settings

from campaigns.kit.filling import make_kit
from campaigns.kit.models import PartnerKit
from campaigns.models import Campaign

CAMPAIGNS = ("some", "limburg-openhartig")


def load_kits() -> list[PartnerKit]:
    """The sample kits, new ones and those that were there: their links are printed."""
    kits = []
    for campaign in Campaign.objects.filter(slug__in=CAMPAIGNS):
        known = campaign.kits.open().first()
        partner = campaign.partners.filter(is_confirmed=True).first() or campaign.partners.first()
        if known is None and partner is not None:
            known = make_kit(campaign, partner, [code for code, __ in settings.LANGUAGES])
        if known:
            kits.append(known)
    return kits
