from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail_localize.fields import SynchronizedField

from core.languages import online_in
from core.pages import ShareablePage

if TYPE_CHECKING:
    from .campaigns import Partner
    from .platform_posts import PlatformPost, PlatformPostQuerySet
    from .posts import Post

UPDATES_A_PAGE = 10
UPDATES_IN_FEED = 30


class CampaignPage(RoutablePageMixin, ShareablePage):
    """A campaign's public page in one language, with its updates and their feed."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campaign"), on_delete=models.PROTECT, related_name="pages"
    )

    content_panels: ClassVar[list[Any]] = [
        *ShareablePage.content_panels[:1],
        FieldPanel("campaign"),
        *ShareablePage.content_panels[1:],
        MultipleChooserPanel(
            "featured_pages",
            chooser_field_name="page",
            heading=_("Stories and sheets of this campaign"),
            label=_("page"),
        ),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *ShareablePage.translatable_fields,
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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "updates": self.updates_on(request.GET.get("page")),
            "featured": online_in(
                self.locale_id, [row.page for row in self.featured_pages.select_related("page")]
            ),
            "feed_url": self.reverse_subpage("feed"),
            "brand_url": self.reverse_subpage("brand") if self.campaign.brand_colour else "",
        }

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest updates as an Atom feed (RFC 4287)."""
        from campaigns.feeds import updates_feed

        return updates_feed(self, self.updates[:UPDATES_IN_FEED])

    @path("brand/", name="brand")
    def brand(self, request: HttpRequest) -> HttpResponse:
        """The campaign's colour for its page; a sheet of its own, since the page may hold no inline style."""
        from campaigns.branding import brand_css

        return HttpResponse(brand_css(self.campaign.brand_colour), content_type="text/css")
