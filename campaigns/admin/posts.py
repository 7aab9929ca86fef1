"""The posts' listing and editor."""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

import django_filters
from django.contrib.admin.utils import quote
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.admin.utils import set_query_params
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, IndexView, SnippetViewSet

from campaigns.actions import draft_about
from campaigns.admin.buttons import more_buttons
from campaigns.admin.counting import LengthsPanel, counting_urls
from campaigns.admin.deciding import decide_urls
from campaigns.admin.deleting import KeptDeleteView
from campaigns.admin.forms import PostForm
from campaigns.admin.looks import NOT_PLANNED, Look, look_of_status
from campaigns.admin.panels import (
    STYLES,
    LanguagesPanel,
    ReadinessPanel,
    StandingPanel,
    TargetsPanel,
    readiness_of,
)
from campaigns.admin.versions import version_urls
from campaigns.checking import findings_of, warnings_in
from campaigns.models import Campaign, PlatformPost, Post, SocialAccount
from campaigns.states import Status


class PostFilterSet(WagtailFilterSet):
    campaign = django_filters.ModelChoiceFilter(queryset=Campaign.objects.all(), label=_("Campaign"))
    state = django_filters.ChoiceFilter(
        field_name="platform_posts__status", choices=Status.choices, label=_("State"), distinct=True
    )
    account = django_filters.ModelChoiceFilter(
        field_name="targets__account", queryset=SocialAccount.objects.all(), label=_("Account"), distinct=True
    )

    class Meta:
        model = Post
        fields: ClassVar[list[str]] = ["campaign", "state", "account"]


class StandingColumn(Column):
    """How many accounts are in which state."""

    cell_template_name = "campaigns/admin/standing_cell.html"

    def get_value(self, instance: Post) -> list[tuple[Look, int]]:
        counts = Counter(row.status for row in instance.platform_posts.all())
        return [(look_of_status(status), count) for status, count in sorted(counts.items())] or [
            (NOT_PLANNED, 0)
        ]


def planned_time(post: Post) -> str:
    """The time itself: “in three days” is no help to somebody who plans."""
    return date_format(localtime(post.planned_at), "SHORT_DATETIME_FORMAT") if post.planned_at else "–"


class PostIndexView(IndexView):
    filterset_class = PostFilterSet
    default_ordering = "-planned_at"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column("__str__"),
            Column("campaign", label=_("Campaign"), sort_key="campaign__name"),
            LocaleColumn(label=_("Language"), sort_key="locale"),
            Column("planned_at", accessor=planned_time, label=_("Time"), sort_key="planned_at"),
            StandingColumn("standing", label=_("State")),
        ]

    def get_base_queryset(self) -> QuerySet[Post]:
        rows = PlatformPost.objects.only("post", "status", "removal_requested_at")
        queryset = super().get_base_queryset().select_related("campaign", "locale", "latest_revision")
        return queryset.prefetch_related(Prefetch("platform_posts", rows))

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["media"] += STYLES
        return context


class TellsWarnings:
    """After an approval, says what will keep the post waiting."""

    def save_action(self) -> HttpResponse:
        response = super().save_action()  # type: ignore[misc]
        if self.action == "publish" and not self.expects_json_response:  # type: ignore[attr-defined]
            post: Post = self.object  # type: ignore[attr-defined]
            for finding in warnings_in(findings_of(post, list(post.targets.select_related("account")))):
                messages.warning(self.request, finding.message)  # type: ignore[attr-defined]
        return response

    def get_success_message(self, instance: Post | None = None) -> Any:
        if self.action == "publish":  # type: ignore[attr-defined]
            return _("Approved: the post goes out at its time. Its editor shows where it stands.")
        return super().get_success_message(instance)  # type: ignore[misc]


class PostCreateView(TellsWarnings, CreateView):
    """A new post; with ``version_of``, the version of a post in another language."""

    @cached_property
    def version_of(self) -> Post | None:
        number = self.request.GET.get("version_of", "")
        return Post.objects.filter(pk=number).first() if number.isdecimal() else None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A version that exists by now (a second press of the button) is opened instead."""
        if self.version_of and (known := self.version_of.get_translation_or_none(self.locale)):
            return redirect(reverse(self.edit_url_name, args=[quote(known.pk)]))
        return super().dispatch(request, *args, **kwargs)

    def get_add_url(self) -> str:
        url = super().get_add_url()
        if self.version_of:
            url = set_query_params(url, {"version_of": str(self.version_of.pk)})
        return url

    def get_initial_form_instance(self) -> Post:
        number = self.request.GET.get("campaign", "")
        campaign = Campaign.objects.filter(pk=number).first() if number.isdecimal() else None
        return draft_about(self.version_of, self.locale, campaign)


class PostEditView(TellsWarnings, EditView):
    partials_template_name = "campaigns/admin/post_partials.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # Sending a post back for changes must not fail because it needs changes.
        if self.action == "workflow-action" and self.workflow_action == "reject":
            self.saving_as_draft = True

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *more_buttons.of_post(self.object, self.request.user)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if context["is_partial"]:
            context.update(readiness_of(self.form.instance))
        return context


class PostDeleteView(KeptDeleteView, DeleteView):
    """A post that was planned once is kept: its figures and its history belong to the campaign."""

    kept_because = _(
        "This post was approved once, so it is kept with its history and figures. "
        "Cancel it or take it down instead: its editor has a button for each account."
    )

    @property
    def is_kept(self) -> bool:
        return bool(self.object.platform_posts.exists())


class PostViewSet(SnippetViewSet):
    model = Post
    icon = "comment"
    menu_label = _("Posts")
    menu_order = 200
    base_url_path = "campaigns/posts"
    menu_item_is_registered = True
    copy_view_enabled = False
    index_view_class = PostIndexView
    add_view_class = PostCreateView
    edit_view_class = PostEditView
    delete_view_class = PostDeleteView
    delete_template_name = "campaigns/admin/confirm_delete.html"
    edit_handler = ObjectList(
        [
            StandingPanel(heading=_("Where it stands"), icon="circle-check"),
            ReadinessPanel(heading=_("Before it goes out"), icon="tasks"),
            FieldPanel("campaign", icon="rocket"),
            FieldPanel("text", icon="comment"),
            FieldPanel("followups", icon="list-ol"),
            LengthsPanel(heading=_("Length on each account"), icon="form"),
            MultiFieldPanel(
                [FieldPanel("page"), FieldPanel("link")], heading=_("What it leads to"), icon="link"
            ),
            MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image"), icon="image"),
            FieldPanel("planned_at", icon="calendar-alt"),
            TargetsPanel(
                "targets",
                heading=_("Accounts"),
                label=_("account"),
                icon="user",
                panels=[
                    FieldPanel("account"),
                    MultiFieldPanel(
                        [
                            FieldPanel("text"),
                            FieldPanel("followups"),
                            FieldPanel("without_followups"),
                            FieldPanel("planned_at"),
                            FieldPanel("image"),
                            FieldPanel("image_alt"),
                            FieldPanel("crop"),
                            FieldPanel("without_link"),
                        ],
                        heading=_("What differs on this account"),
                    ),
                ],
            ),
            LanguagesPanel(heading=_("In other languages"), icon="globe"),
        ],
        base_form_class=PostForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), *decide_urls(), *version_urls(), *counting_urls()]
