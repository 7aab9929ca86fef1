"""A campaign's desk: its posts and where they stand, its reach as stored, and the ways on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page as PageOfResults
from django.db.models import Max, Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from campaigns.admin.announcing import may_announce
from campaigns.admin.buttons import more_buttons
from campaigns.admin.charts import every_day, line_chart
from campaigns.goals import progress_of
from campaigns.models import Campaign, CampaignPage, Metric, PlatformPost, Post
from campaigns.reach import Figure, Reach, Series, reach_of
from campaigns.states import Status

POSTS_A_PAGE = 20
WAS_OUT = frozenset({Status.PUBLISHED, Status.REMOVED})


@dataclass(frozen=True, slots=True)
class OnAccount:
    """A post on one account with its figures; None stands for “not known”."""

    row: PlatformPost
    visits: int | None
    figures: tuple[tuple[Any, Figure | None], ...]


class DeskView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The first view of a campaign."""

    model = Campaign
    any_permission_required = ("view", "change", "add")
    template_name = "campaigns/admin/desk.html"
    header_icon = "rocket"
    page_title = gettext_lazy("Campaign")
    campaign: Campaign

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.campaign = get_object_or_404(Campaign.objects.prefetch_related("partners"), pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.campaign.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("campaign:index"), "label": _("Campaigns")},
            {"url": "", "label": self.campaign.name},
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_announce(self.request.user):
            return []
        new_post = f"{reverse(Post.snippet_viewset.get_url_name('add'))}?campaign={self.campaign.pk}"
        announce = reverse("campaign:announce", args=[self.campaign.pk])
        return [
            HeaderButton(_("Announce a page"), url=announce, icon_name="rocket", priority=10),
            HeaderButton(_("New post"), url=new_post, icon_name="plus", priority=20),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = list(more_buttons.of_campaign(self.campaign, self.request.user))
        report = reverse("campaign:report", args=[self.campaign.pk])
        buttons.append(Button(_("Quarterly report"), url=report, icon_name="doc-full"))
        if self.user_has_permission("change"):
            edit = reverse("campaign:edit", args=[self.campaign.pk])
            buttons.append(Button(_("Edit the campaign"), url=edit, icon_name="edit"))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reach = reach_of(self.campaign)
        today = timezone.localdate()
        posts = posts_on_desk(self.campaign, reach, self.request.GET.get("p"))
        visits = Series(_("Visits by short address"), every_day(reach.visits_by_day))
        return {
            **super().get_context_data(**kwargs),
            "campaign": self.campaign,
            "pages": campaign_pages(self.campaign),
            "reach": reach,
            "totals_of_parts": list(more_buttons.totals_of(self.campaign)),
            "metric_labels": [Metric.Name(name).label for name in reach.names],
            "goals": progress_of(self.campaign, reach),
            "posts": posts,
            "elided_page_range": posts.paginator.get_elided_page_range(posts.number),
            "has_links": PlatformPost.objects.filter(
                post__campaign=self.campaign, status__in=WAS_OUT, short_url__isnull=False
            ).exists(),
            "charts": [
                (
                    _("Figures of the networks"),
                    _("Total at the end of the day"),
                    line_chart(reach.series, today),
                ),
                (_("Visits"), _("Visits on the day"), line_chart([visits] if visits.points else [], today)),
            ],
        }


@dataclass(frozen=True, slots=True)
class PublicPage:
    """The campaign's page in one language; without ``url`` it is not online."""

    code: str
    name: str
    url: str = ""
    feed_url: str = ""


def campaign_pages(campaign: Campaign) -> list[PublicPage]:
    """One entry for each language of the site, in its order."""
    live = CampaignPage.objects.live().filter(campaign=campaign).select_related("locale")
    known = {page.locale.language_code: page for page in live}
    pages = []
    for code, name in settings.LANGUAGES:
        url = (known[code].url or "") if code in known else ""
        feed_url = url + known[code].reverse_subpage("feed") if url else ""
        pages.append(PublicPage(code, name, url, feed_url))
    return pages


def posts_on_desk(campaign: Campaign, reach: Reach, number: str | None) -> PageOfResults[Post]:
    """One page of the campaign's posts, the latest first, each with ``on_accounts`` and ``edit_url``."""
    rows = PlatformPost.objects.select_related("account", "short_url").order_by(
        "account__provider", "account__name"
    )
    posts = (
        Post.objects.filter(campaign=campaign)
        .select_related("locale")
        .prefetch_related(Prefetch("platform_posts", rows))
        .annotate(last_due=Max("platform_posts__due_at"))
        .order_by("-last_due", "-pk")
    )
    page = WagtailPaginator(posts, POSTS_A_PAGE).get_page(number)
    edit = Post.snippet_viewset.get_url_name("edit")
    for post in page.object_list:
        post.edit_url = reverse(edit, args=[post.pk])
        post.on_accounts = [_with_figures(row, reach) for row in post.platform_posts.all()]
    return page


def _with_figures(row: PlatformPost, reach: Reach) -> OnAccount:
    counted = row.status in WAS_OUT and hasattr(row, "short_url")
    return OnAccount(
        row=row,
        visits=reach.visits.get(row.pk, 0) if counted else None,
        figures=tuple((Metric.Name(name).label, reach.figures.get((row.pk, name))) for name in reach.names),
    )
