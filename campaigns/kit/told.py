"""What partners told about a campaign: how often they posted, and how many people they reached with it."""

from __future__ import annotations

from dataclasses import dataclass

from campaigns.kit.models import KitItem, PartnerFigure
from campaigns.models import Campaign


@dataclass(frozen=True, slots=True)
class ToldByPartners:
    """``reach`` is the sum over the ``counted`` of the ``posted``: a partner who gave no number is not counted as 0."""

    posted: int
    counted: int
    reach: int


def told_by_partners(campaign: Campaign) -> ToldByPartners:
    """The last number each partner gave for each post counts; an earlier one was corrected by it."""
    posted = KitItem.objects.filter(kit__campaign=campaign, posted_at__isnull=False).count()
    figures = PartnerFigure.objects.filter(item__kit__campaign=campaign, name=PartnerFigure.NAME)
    last = dict(figures.order_by("told_at", "pk").values_list("item", "value"))
    return ToldByPartners(posted, len(last), sum(last.values()))
