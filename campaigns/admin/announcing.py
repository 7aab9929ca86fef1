"""“Announce this page”: from a page to one post a language, checked and saved together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Locale, Page, get_page_models

from campaigns.actions import Announcement, announce_page, announced_just_now
from campaigns.admin.announce_forms import AnnounceForm, LanguagePart, language_parts
from campaigns.admin.deciding_views import may_decide
from campaigns.checking import findings_of, warnings_in
from campaigns.models import Campaign, CampaignPage, Post

if TYPE_CHECKING:
    from core.models import User


NEWEST = 8


def may_announce(user: Any) -> bool:
    return bool(user.has_perm("campaigns.add_post"))


def is_shareable(page: Page) -> bool:
    """Whether pages of this kind offer something to be shared (``core.sharing.Shareable``)."""
    return hasattr(page.specific_class, "get_share_content")


def shareable_models() -> list[type[Page]]:
    return [model for model in get_page_models() if hasattr(model, "get_share_content")]


def newest_pages(campaign: Campaign) -> list[tuple[Page, str, bool]]:
    """Pages that came online last, in the language all others are translated from: with the address of their
    announcement, and whether this campaign has announced them before."""
    kinds = ContentType.objects.get_for_models(*(set(shareable_models()) - {CampaignPage})).values()
    pages = (
        Page.objects.live()
        .public()
        .filter(content_type__in=kinds, locale=Locale.get_default(), depth__gt=2)
        .order_by("-first_published_at", "-pk")[:NEWEST]
    )
    announced = set(
        Post.objects.filter(campaign=campaign, page__isnull=False).values_list(
            "page__translation_key", flat=True
        )
    )
    return [
        (page, f"{announce_url(page)}?campaign={campaign.pk}", page.translation_key in announced)
        for page in pages
    ]


def announce_url(page: Page) -> str:
    return reverse("campaigns_announce", args=[page.pk])


class AnnouncingView(WagtailAdminTemplateMixin):
    """Open to those who may write posts."""

    request: HttpRequest
    header_icon = "rocket"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_announce(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ChoosePageForm(forms.Form):
    page = forms.ModelChoiceField(
        label=_("Page"),
        queryset=Page.objects.all(),
        error_messages={"required": _("Choose the page you want to announce.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].widget = AdminPageChooser(target_models=shareable_models())

    def clean_page(self) -> Page:
        page: Page = self.cleaned_data["page"]
        if not is_shareable(page):
            raise forms.ValidationError(
                _("This kind of page is not shared. Choose a story, an info sheet or another page.")
            )
        return page


class ChoosePageView(AnnouncingView, FormView):  # type: ignore[type-arg]
    """From a campaign's desk: which page?"""

    form_class = ChoosePageForm
    page_title = _("Announce a page")
    template_name = "campaigns/admin/choose_page.html"

    @cached_property
    def campaign(self) -> Campaign:
        return get_object_or_404(Campaign, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            *campaign_breadcrumbs(self.campaign),
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = newest_pages(self.campaign)
        return {**super().get_context_data(**kwargs), "campaign": self.campaign, "newest": newest}

    def form_valid(self, form: Any) -> HttpResponse:
        return redirect(f"{announce_url(form.cleaned_data['page'])}?campaign={self.campaign.pk}")


def campaign_breadcrumbs(campaign: Campaign) -> list[dict[str, Any]]:
    return [
        {"url": reverse("campaign:index"), "label": _("Campaigns")},
        {"url": reverse("campaign:desk", args=[campaign.pk]), "label": campaign.name},
    ]


class AnnounceView(AnnouncingView, TemplateView):
    """What the posts say, where and when. Saved as drafts, or approved and planned at once."""

    page_title = _("Announce")
    template_name = "campaigns/admin/announce.html"

    @cached_property
    def page(self) -> Page:
        page = get_object_or_404(Page, pk=self.kwargs["pk"])
        if not is_shareable(page):
            raise Http404
        return page.specific

    @cached_property
    def campaign(self) -> Campaign | None:
        """The campaign one comes from; else the only one there is."""
        number = self.request.GET.get("campaign", "")
        if number.isdecimal():
            return Campaign.objects.filter(pk=number).first()
        campaigns = list(Campaign.objects.all()[:2])
        return campaigns[0] if len(campaigns) == 1 else None

    def get_page_subtitle(self) -> str:
        return str(self.page.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = campaign_breadcrumbs(self.campaign) if self.campaign else []
        label = _("Announce “%(page)s”") % {"page": self.page.title}
        return [*self.breadcrumbs_items, *above, {"url": "", "label": label}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AnnounceForm(initial={"campaign": self.campaign})
        return self.show(form, language_parts(self.page, self.campaign, None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        approve = "action-plan" in request.POST
        if approve and not may_decide(request.user):
            raise PermissionDenied
        form = AnnounceForm(request.POST)
        parts = language_parts(self.page, self.campaign, request.POST)
        announcements = self.read(form, parts, approve=approve)
        if announcements is None:
            messages.error(request, _("Nothing has been saved yet: please look at what is marked below."))
            return self.show(form, parts)
        posts = announce_page(announcements, cast("User", request.user), approve=approve)
        return self.succeed(posts, form.cleaned_data["campaign"], approve=approve)

    def read(
        self, form: AnnounceForm, parts: list[LanguagePart], *, approve: bool
    ) -> list[Announcement] | None:
        """The chosen posts; None when something has to be changed first, and then the forms say what."""
        chosen = [
            part for part in parts if part.form and part.form.is_valid() and part.form.cleaned_data["chosen"]
        ]
        unreadable = [part for part in parts if part.form and part.is_chosen and part.form.errors]
        if not form.is_valid() or unreadable:
            return None
        if not chosen:
            form.add_error(None, _("Choose at least one language."))
            return None
        campaign = form.cleaned_data["campaign"]
        if not form.cleaned_data["again"] and (known := announced_just_now(self.page, campaign)):
            form.add_error("again", self.doubled(len(known)))
            return None
        announcements = [part.announcement(campaign, form.cleaned_data["planned_at"]) for part in chosen]
        if approve:
            for part, announcement in zip(chosen, announcements, strict=True):
                part.show_errors(announcement)
                self.lift_time_error(form, part, announcement)
        return (
            None if form.errors or any(part.form and part.form.errors for part in chosen) else announcements
        )

    @staticmethod
    def lift_time_error(form: AnnounceForm, part: LanguagePart, announcement: Announcement) -> None:
        """The time is one for all languages, and so is what is wrong with it."""
        for finding in findings_of(announcement.post, announcement.targets):
            if finding.is_error and finding.field == "planned_at" and "planned_at" not in form.errors:
                form.add_error("planned_at", finding.message)

    @staticmethod
    def doubled(number: int) -> str:
        return ngettext(
            "A moment ago %(number)d post about this page was made in this campaign. "
            "Tick this if you want another one.",
            "A moment ago %(number)d posts about this page were made in this campaign. "
            "Tick this if you want more of them.",
            number,
        ) % {"number": number}

    def show(self, form: AnnounceForm, parts: list[LanguagePart]) -> HttpResponse:
        media = form.media
        for part in parts:
            media += part.form.media if part.form else forms.Media()
        return self.render_to_response(
            self.get_context_data(
                form=form, parts=parts, media=media, may_approve=may_decide(self.request.user)
            )
        )

    def succeed(self, posts: list[Post], campaign: Campaign, *, approve: bool) -> HttpResponse:
        number = len(posts)
        if approve:
            text = ngettext(
                "%(number)d post is approved and planned.",
                "%(number)d posts are approved and planned.",
                number,
            )
        else:
            text = ngettext("%(number)d draft is saved.", "%(number)d drafts are saved.", number)
        messages.success(self.request, text % {"number": number})
        for post in posts:
            for finding in warnings_in(findings_of(post, list(post.targets.select_related("account")))):
                messages.warning(self.request, f"{post.locale.get_display_name()}: {finding.message}")
        return redirect("campaign:desk", pk=campaign.pk)
