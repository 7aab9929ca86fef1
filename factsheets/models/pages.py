from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.pages import PAGE_TRANSLATABLE_FIELDS, ShareablePage
from core.safe_messaging.panel import SafetyPanel
from core.sharing import Clearance, SharingUse
from factsheets.admin.readability import ReadabilityPanel
from factsheets.blocks import (
    ChangesBlock,
    FundingBlock,
    PointsBlock,
    SentencesBlock,
    SheetBodyBlock,
    SourcesBlock,
)
from factsheets.countries import Situation
from factsheets.presenting import sheet_context
from factsheets.usage import facts_of, unknown_facts

SHEETS_A_PAGE = 24
TEXTS_WITH_FACTS = ("summary", "aim", "in_short", "body", "uncertain", "changes", "share_text")


class Audience(models.TextChoices):
    CITIZEN = "citizen", _("For citizens")
    PROFESSIONAL = "professional", _("For professionals")


class FactsheetIndexPage(Page):
    """The entrance to the info sheets of one language."""

    shareable = False

    intro = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]
    translatable_fields: ClassVar[list[Any]] = [*PAGE_TRANSLATABLE_FIELDS, TranslatableField("intro")]
    subpage_types: ClassVar[list[str]] = ["factsheets.FactsheetPage"]

    class Meta:
        verbose_name = _("list of info sheets")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "sheets": self.sheets_on(request.GET.get("page"))}

    def sheets_on(self, number: str | None) -> PageOfResults[FactsheetPage]:
        """One page of the list, by audience and title. A number that is none leads to the nearest page there is."""
        sheets = (
            FactsheetPage.objects.child_of(self)
            .live()
            .public()
            .order_by("audience", "title")
            .prefetch_related("tagged_items__tag")
        )
        return Paginator(sheets, SHEETS_A_PAGE).get_page(number)


class FactsheetTag(TaggedItemBase):
    content_object = ParentalKey(
        "factsheets.FactsheetPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class FactsheetPage(RoutablePageMixin, ShareablePage):
    """An info sheet about mental-health care across the border."""

    audience = models.CharField(
        _("audience"), max_length=20, choices=Audience.choices, default=Audience.CITIZEN
    )
    for_whom = models.CharField(
        _("for whom"), max_length=250, blank=True, help_text=_("In words: who should read this sheet?")
    )
    aim = models.TextField(
        _("aim"), max_length=400, blank=True, help_text=_("What somebody knows or can do after reading.")
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Made to show what a sheet can look like: the page says so.")
    )
    twin = models.ForeignKey(
        "self",
        verbose_name=_("sheet for the other audience"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    in_short = StreamField(
        SentencesBlock(max_num=3, required=False),
        verbose_name=_("in short"),
        blank=True,
        help_text=_("Three sentences that say what matters most."),
    )
    body = StreamField(SheetBodyBlock(), verbose_name=_("text"), blank=True)
    sources = StreamField(SourcesBlock(), verbose_name=_("sources"))
    uncertain = StreamField(PointsBlock(required=False), verbose_name=_("what is not certain"), blank=True)
    funding = StreamField(FundingBlock(required=False), verbose_name=_("who paid"), blank=True)
    funding_note = models.CharField(_("who paid, when it was no project"), max_length=250, blank=True)
    changes = StreamField(ChangesBlock(required=False), verbose_name=_("changes"), blank=True)
    written_by = models.CharField(
        _("written by"), max_length=250, blank=True, help_text=_("Names or roles, as readers see them.")
    )
    sheet_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Gets the mails about reviews, amounts and answers of readers."),
    )
    review_every_months = models.PositiveSmallIntegerField(
        _("months between reviews"), default=12, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    tags = ClusterTaggableManager(through=FactsheetTag, blank=True, verbose_name=_("themes"))

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("audience"), FieldPanel("is_example")]),
        FieldPanel("for_whom"),
        FieldPanel("aim"),
        FieldPanel("summary"),
        FieldPanel("in_short"),
        FieldPanel("body"),
        ReadabilityPanel(heading=_("Plain language")),
        SafetyPanel(),
        FieldPanel("uncertain"),
        PageChooserPanel("twin", "factsheets.FactsheetPage"),
        FieldPanel("tags"),
    ]
    trust_panels: ClassVar[list[Any]] = [
        FieldPanel("written_by"),
        FieldRowPanel([FieldPanel("sheet_owner"), FieldPanel("review_every_months")]),
        FieldPanel("sources"),
        MultiFieldPanel([FieldPanel("funding"), FieldPanel("funding_note")], heading=_("Who paid")),
        FieldPanel("changes"),
    ]
    # What has no panel cannot be translated either, and keeps the whole sheet from going online in German.
    content_panels += trust_panels
    translatable_fields: ClassVar[list[Any]] = [
        *ShareablePage.translatable_fields,
        TranslatableField("for_whom"),
        TranslatableField("aim"),
        TranslatableField("in_short"),
        TranslatableField("uncertain"),
        TranslatableField("funding"),
        TranslatableField("funding_note"),
        TranslatableField("changes"),
        TranslatableField("written_by"),
        SynchronizedField("audience", overridable=False),
        SynchronizedField("is_example", overridable=False),
        SynchronizedField("twin", overridable=False),
        SynchronizedField("sources", overridable=False),
        SynchronizedField("tagged_items", overridable=False),
        SynchronizedField("sheet_owner"),
        SynchronizedField("review_every_months", overridable=False),
    ]
    parent_page_types: ClassVar[list[str]] = ["factsheets.FactsheetIndexPage"]
    subpage_types: ClassVar[list[str]] = ["factsheets.EasyReadPage"]

    class Meta:
        verbose_name = _("info sheet")
        verbose_name_plural = _("info sheets")

    @path("pdf/")
    def pdf(self, request: HttpRequest) -> HttpResponseBase:
        """The sheet on paper, the reader's own countries first."""
        return self._hand_out(request, "sheet")

    @path("pdf/referral/")
    def referral_pdf(self, request: HttpRequest) -> HttpResponseBase:
        return self._hand_out(request, "referral")

    def _hand_out(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        from factsheets.printing.handing_out import hand_out

        return hand_out(request, self, kind)

    def get_share_clearance(self, use: SharingUse) -> Clearance:
        """Nobody is sent to a sheet whose amounts are past their time: it waits for the new ones."""
        clearance = super().get_share_clearance(use)
        if clearance.allowed and any(said.expired for said in facts_of(self)):
            return Clearance(reasons=(_("An amount or number on this sheet is past its time"),))
        return clearance

    def easy_version(self) -> Page | None:
        """The version that is easy to read, when it is online in this language."""
        child = self.get_children().live().first()
        return child.specific if child else None

    def clean(self) -> None:
        super().clean()
        self._refuse_unknown_facts()

    def _refuse_unknown_facts(self) -> None:
        """A text cannot mention a fact that nobody entered."""
        texts = {name: str(self._meta.get_field(name).value_to_string(self)) for name in TEXTS_WITH_FACTS}
        missing = {name: unknown_facts(text) for name, text in texts.items()}
        errors = {
            name: _("There is no dated fact with the key “%(key)s”.") % {"key": keys[0]}
            for name, keys in missing.items()
            if keys
        }
        if errors:
            raise ValidationError(errors)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the reader's situation, which orders what is said by country, and the facts the text uses."""
        from factsheets.answering import answer_token

        return {
            **super().get_context(request, *args, **kwargs),
            **sheet_context(self, Situation.from_query(request.GET), facts_of(self)),
            "easy": self.easy_version(),
            "answer_token": answer_token(self),
            "answered": "answered" in request.GET,
            "twin": self.twin.localized if self.twin and self.twin.localized.live else None,
        }
