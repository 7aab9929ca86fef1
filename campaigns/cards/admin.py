"""Quote cards in the admin: choose a page, choose its words, look, make; and the cards there are."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from PIL import Image
from wagtail.admin import messages
from wagtail.models import Page

from campaigns.actions import draft_about, fill_from_page
from campaigns.admin.announcing import AnnouncingView, ChoosePageView, campaign_breadcrumbs, is_shareable
from campaigns.cards.drawing import Format, Style, draw_card, palette_of
from campaigns.cards.forms import LanguagePart, LookForm, WordsForm, language_parts
from campaigns.cards.making import alt_of, logo_of, make_cards, words_of
from campaigns.cards.models import QuoteCard
from campaigns.models import Campaign, Post

if TYPE_CHECKING:
    from core.models import User

PREVIEW_SIDE = 560  # pixels, of the longer side


@dataclass(frozen=True, slots=True)
class Preview:
    """A card as it will be, small enough to stand in the page itself."""

    language: str
    label: Any
    alt: str
    data: str
    width: int
    height: int


class CardsView(AnnouncingView, TemplateView):
    """The cards of a campaign, those made together beside each other."""

    header_icon = "openquote"
    page_title = gettext_lazy("Quote cards")
    template_name = "cards/admin/cards.html"

    @cached_property
    def campaign(self) -> Campaign:
        return get_object_or_404(Campaign, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.campaign.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = campaign_breadcrumbs(self.campaign)
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cards = (
            QuoteCard.objects.filter(campaign=self.campaign)
            .select_related("image", "page__locale")
            .prefetch_related("image__renditions")
            .order_by("page__translation_key", "language", "quote", "who", "style", "pk")
        )
        sets = [
            list(group)
            for __, group in groupby(cards, key=lambda card: (card.page_id, card.quote, card.who, card.style))
        ]
        sets.sort(key=lambda group: max(card.pk for card in group), reverse=True)
        return {**super().get_context_data(**kwargs), "campaign": self.campaign, "sets": sets}


class ChooseSourceView(ChoosePageView):
    """Whose words?"""

    page_title = gettext_lazy("Make a quote card")
    template_name = "cards/admin/choose_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        newest = [(page, card_url(page, self.campaign), False) for page, __, __ in context["newest"]]
        return {**context, "newest": newest}

    def form_valid(self, form: Any) -> HttpResponse:
        return redirect(card_url(form.cleaned_data["page"], self.campaign))


def card_url(page: Page, campaign: Campaign | None = None, post: Post | None = None) -> str:
    query = f"?campaign={campaign.pk}" if campaign else ""
    query += f"&post={post.pk}" if post else ""
    return reverse("cards_make", args=[page.pk]) + query


class MakeCardsView(AnnouncingView, TemplateView):
    """The words and the look; shown first, made with the second button. From a post, the card goes into it."""

    header_icon = "openquote"
    page_title = gettext_lazy("Make a quote card")
    template_name = "cards/admin/make.html"

    @cached_property
    def page(self) -> Page:
        page = get_object_or_404(Page, pk=self.kwargs["pk"])
        if not is_shareable(page):
            raise Http404
        return page.specific

    @cached_property
    def post_in_hand(self) -> Post | None:
        number = self.request.GET.get("post", "")
        return Post.objects.filter(pk=number).first() if number.isdecimal() else None

    @cached_property
    def campaign(self) -> Campaign | None:
        number = self.request.GET.get("campaign", "")
        return Campaign.objects.filter(pk=number).first() if number.isdecimal() else None

    def get_page_subtitle(self) -> str:
        return str(self.page.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = campaign_breadcrumbs(self.campaign) if self.campaign else []
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(LookForm(initial={"campaign": self.campaign}), self.parts(None))

    def parts(self, data: Any) -> list[LanguagePart]:
        only = self.post_in_hand.language if self.post_in_hand else ""
        return language_parts(self.page, data, only)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        look, parts = LookForm(request.POST), self.parts(request.POST)
        chosen = self.read(look, parts)
        if chosen is None:
            messages.error(request, _("Nothing has been made yet: please look at what is marked below."))
            return self.show(look, parts)
        if "action-make" not in request.POST:
            return self.show(look, parts, list(self.previews(look, chosen)))
        return self.make(look, chosen)

    @staticmethod
    def read(look: LookForm, parts: list[LanguagePart]) -> list[WordsForm] | None:
        """The chosen languages; None when something has to be changed first, and then the forms say what."""
        forms = [part.form for part in parts if part.form]
        checked = [one.is_valid() for one in (look, *forms)]  # each of them, so that each says what is wrong
        valid = all(checked)
        if look.cleaned_data.get("campaign"):
            for form in forms:
                form.check_drawable(look.cleaned_data["campaign"])
        chosen = [form for form in forms if form.cleaned_data.get("chosen")]
        if not chosen and valid:
            look.add_error(None, _("Choose at least one language."))
        return chosen if valid and chosen and not any(form.errors for form in forms) else None

    def previews(self, look: LookForm, chosen: list[WordsForm]) -> Iterator[Preview]:
        data = look.cleaned_data
        palette = palette_of(Style(data["style"]), data["campaign"].brand_colour)
        logo = logo_of(data["campaign"])
        for form in chosen:
            words = words_of(data["campaign"], form.page, form.words, form.speaker)
            for name in data["formats"]:
                with Image.open(io.BytesIO(draw_card(words, Format(name), palette, logo))) as card:
                    card.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
                    output = io.BytesIO()
                    card.save(output, "PNG", optimize=True)
                    content = base64.b64encode(output.getvalue()).decode()
                    size = card.size
                yield Preview(words.language, Format(name).label, alt_of(words), content, *size)

    def make(self, look: LookForm, chosen: list[WordsForm]) -> HttpResponse:
        data, made = look.cleaned_data, []
        for form in chosen:
            made += make_cards(
                data["campaign"],
                form.page,
                form.words,
                who=form.speaker,
                style=Style(data["style"]),
                formats=[Format(name) for name in data["formats"]],
                user=cast("User", self.request.user),
            )
        post = self.post_in_hand
        if post and (card := next((card for card in made if card.language == post.language), None)):
            put_into(post, card, cast("User", self.request.user))
            messages.success(self.request, _("The card is in the post, with its alternative text."))
            return redirect(reverse(Post.snippet_viewset.get_url_name("edit"), args=[post.pk]))
        said = ngettext(
            "%(number)d card is in the library of images.",
            "%(number)d cards are in the library of images.",
            len(made),
        )
        messages.success(self.request, said % {"number": len(made)})
        return redirect("cards_of_campaign", data["campaign"].pk)

    def show(
        self, look: LookForm, parts: list[LanguagePart], previews: list[Preview] | None = None
    ) -> HttpResponse:
        context = self.get_context_data(look=look, parts=parts, previews=previews, source=self.page)
        return self.render_to_response(context)


def put_into(post: Post, card: QuoteCard, user: User) -> None:
    """The card as the picture of the post's newest version, which is saved as a draft."""
    version: Post = post.get_latest_revision_as_object()
    version.image, version.image_alt = card.image, card.alt
    version.save_revision(user=user, log_action=True)


class UseCardView(AnnouncingView, TemplateView):
    """A new post that shows the card and leads to the page its words come from."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        card = get_object_or_404(
            QuoteCard.objects.select_related("campaign", "page__locale"), pk=kwargs["pk"]
        )
        post = draft_about(None, card.page.locale, card.campaign)
        fill_from_page(post, card.page)
        post.image, post.image_alt, post.live = card.image, card.alt, False
        post.save()
        post.save_revision(user=cast("User", request.user), log_action=True)
        messages.success(request, _("A new post shows the card. It is a draft: write what it says."))
        return redirect(reverse(Post.snippet_viewset.get_url_name("edit"), args=[post.pk]))


urls: list[URLPattern] = [
    path("campaigns/cards/of/<int:pk>/", CardsView.as_view(), name="cards_of_campaign"),
    path("campaigns/cards/of/<int:pk>/new/", ChooseSourceView.as_view(), name="cards_choose_page"),
    path("campaigns/cards/make/<int:pk>/", MakeCardsView.as_view(), name="cards_make"),
    path("campaigns/cards/<int:pk>/use/", UseCardView.as_view(), name="cards_use"),
]
