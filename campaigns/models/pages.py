from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from campaigns.blocks import GroupsBlock, StatementsBlock, TipsBlock
from campaigns.public.meetings import told
from campaigns.public.routes import CampaignRoutes
from campaigns.public.sections import sections_of
from core.languages import online_in
from core.pages import ShareablePage

if TYPE_CHECKING:
    from .campaigns import Partner
    from .platform_posts import PlatformPost, PlatformPostQuerySet
    from .posts import Post

UPDATES_A_PAGE = 10
SHOWN_AT_FIRST = 3  # of each section, on the landing page


class CampaignPage(CampaignRoutes, ShareablePage):
    """A campaign's public page in one language, with its updates and their feed, and the pages below it."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campaign"), on_delete=models.PROTECT, related_name="pages"
    )
    aim = models.TextField(
        _("what the campaign wants"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences for citizens."),
    )
    target_groups = StreamField(GroupsBlock(), verbose_name=_("for whom it is"), blank=True)
    facts_and_fables = StreamField(StatementsBlock(), verbose_name=_("facts and fables"), blank=True)
    conversation_tips = StreamField(TipsBlock(), verbose_name=_("tips for a conversation"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *ShareablePage.content_panels[:1],
        FieldPanel("campaign"),
        FieldPanel("aim"),
        FieldPanel("target_groups"),
        *ShareablePage.content_panels[1:],
        MultipleChooserPanel(
            "featured_pages",
            chooser_field_name="page",
            heading=_("Stories and sheets of this campaign"),
            label=_("page"),
        ),
        FieldPanel("facts_and_fables"),
        FieldPanel("conversation_tips"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *ShareablePage.translatable_fields,
        TranslatableField("aim"),
        TranslatableField("target_groups"),
        TranslatableField("facts_and_fables"),
        TranslatableField("conversation_tips"),
        SynchronizedField("campaign"),
        SynchronizedField("featured_pages", overridable=False),
    ]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("campaign page")
        verbose_name_plural = _("campaign pages")

    @classmethod
    def of(cls, post: Post) -> CampaignPage | None:
        """The page on which a post appears: its campaign's, online, in the post's language."""
        return cls.objects.live().public().filter(campaign=post.campaign_id, locale=post.locale_id).first()

    @property
    def updates(self) -> PlatformPostQuerySet:
        """What was published on the site's own updates page, newest first. One query."""
        from .platform_posts import PlatformPost

        return (
            PlatformPost.objects.on_website()
            .filter(post__campaign=self.campaign_id, account__language=self.locale.language_code)
            .select_related("post__page", "image", "short_url")
            .order_by("-published_at", "-pk")
        )

    @property
    def confirmed_partners(self) -> models.QuerySet[Partner]:
        """Nobody is named in public before they said that they take part."""
        return self.campaign.partners.filter(is_confirmed=True)

    def address_of(self, platform_post: PlatformPost) -> str:
        return f"{self.full_url}#update-{platform_post.pk}"

    def updates_on(self, number: str | None) -> PageOfResults[PlatformPost]:
        return Paginator(self.updates.prefetch_related("image__renditions"), UPDATES_A_PAGE).get_page(number)

    def featured_online(self) -> list[Page]:
        """Its stories and sheets in the reader's language, in their order."""
        return online_in(self.locale_id, [row.page for row in self.featured_pages.select_related("page")])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        campaign = self.campaign
        has_brand = campaign.brand_colour or campaign.brand_accent
        language = self.locale.language_code
        return {
            **super().get_context(request, *args, **kwargs),
            "sections": sections_of(self),
            "section": "",
            "feed_url": self.reverse_subpage("feed"),
            "brand_url": self.reverse_subpage("brand") if has_brand else "",
            "funding": [
                (notice, notice.text_in(language)) for notice in campaign.funding_on(timezone.localdate())
            ],
        }

    def get_landing_context(self, request: HttpRequest) -> dict[str, Any]:
        """What the landing page shows beside its own text: the first of each section, and the updates."""
        featured = self.featured_online()
        return {
            "updates": self.updates_on(request.GET.get("page")),
            "featured": featured[:SHOWN_AT_FIRST],
            "more_featured": len(featured) > SHOWN_AT_FIRST,
            "statements": list(self.facts_and_fables)[:1],
            "tips": list(self.conversation_tips)[:SHOWN_AT_FIRST],
            "coming": told(self.campaign.events.coming(timezone.now())[:SHOWN_AT_FIRST], self),
        }
