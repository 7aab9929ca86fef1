from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable, Page


class FeaturedPage(Orderable):
    """A page that a campaign shows as its own: a story, a sheet. The page itself knows of no campaign.

    Chosen once, in Dutch: every language of the campaign shows the versions that are online in it.
    """

    campaign_page = ParentalKey(
        "campaigns.CampaignPage", on_delete=models.CASCADE, related_name="featured_pages"
    )
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels: ClassVar[list[Any]] = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("page of the campaign")
        verbose_name_plural = _("pages of the campaign")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign_page", "page"], name="campaigns_featured_page_once")
        ]

    def __str__(self) -> str:
        return self.page.title
