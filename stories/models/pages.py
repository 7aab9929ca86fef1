from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.languages import online_in
from core.pages import ShareablePage
from core.reading import reading_minutes, words_in
from core.sharing import Clearance, ShareContent, SharingUse
from stories.admin.approvals import ApprovalPanel
from stories.admin.safety import StorySafetyPanel
from stories.blocks import PointsBlock, StoryBodyBlock
from stories.blocks.embeds import FRAME_HOSTS
from stories.consent.admin.page_form import StoryPageForm
from stories.consent.admin.panel import ConsentPanel
from stories.models.terms import StoryTheme
from stories.network.people import MOST_PEOPLE, Person
from stories.regions import Border, borders_of, country_code
from support.beside import LinesBeside

MORE_STORIES = 3


class AgeBand(models.TextChoices):
    UNDER_18 = "under-18", _("under 18")
    FROM_18 = "18-24", _("18 to 24")
    FROM_25 = "25-34", _("25 to 34")
    FROM_35 = "35-44", _("35 to 44")
    FROM_45 = "45-54", _("45 to 54")
    FROM_55 = "55-64", _("55 to 64")
    FROM_65 = "65-74", _("65 to 74")
    FROM_75 = "75-plus", _("75 or older")


class LifePhase(models.TextChoices):
    YOUTH = "youth", _("growing up")
    STUDENT = "student", _("studying")
    YOUNG_FAMILY = "young-family", _("with young children")
    WORKING_LIFE = "working-life", _("in the middle of working life")
    MIDLIFE_CARE = "midlife-care", _("caring for parents or partner")
    RETIREMENT = "retirement", _("after working life")


class Medium(models.TextChoices):
    TEXT = "text", _("to read")
    AUDIO = "audio", _("to listen to")
    VIDEO = "video", _("to watch")


class RelatedPage(Orderable):
    """A page to read on: another story, a sheet. Shown in the reader's language, where it is online there."""

    story = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="related_pages")
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels: ClassVar[list[Any]] = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["story", "page"], name="stories_related_once_a_story")
        ]

    def __str__(self) -> str:
        return self.page.title


class StoryPage(ShareablePage):
    """A life story, told in its teller's words, with the people around its teller."""

    body = StreamField(StoryBodyBlock(), verbose_name=_("text"), blank=True)
    teller = models.CharField(
        _("name of the teller"),
        max_length=100,
        blank=True,
        help_text=_("The name or pseudonym the teller agreed to."),
    )
    is_example = models.BooleanField(
        _("example"),
        default=False,
        help_text=_("A made-up story: the page says so."),
    )
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, blank=True)
    life_phase = models.CharField(
        _("life phase"), max_length=20, choices=LifePhase, blank=True, db_index=True
    )
    medium = models.CharField(_("medium"), max_length=10, choices=Medium, default=Medium.TEXT, db_index=True)
    themes = ClusterTaggableManager(through=StoryTheme, blank=True, verbose_name=_("themes"))
    what_helped = StreamField(PointsBlock(), verbose_name=_("what helped"), blank=True)
    what_would_have_helped = StreamField(PointsBlock(), verbose_name=_("what would have helped"), blank=True)
    content_notes = StreamField(
        PointsBlock(),
        verbose_name=_("content notes"),
        blank=True,
        help_text=_("What a reader may want to know before reading, one thing a line."),
    )

    # Kept beside the text, so that a list of stories reads no text and no rows of others. See save().
    countries = models.CharField(max_length=10, editable=False, default="", db_index=True)
    reading_minutes = models.PositiveSmallIntegerField(editable=False, default=1)

    base_form_class = StoryPageForm
    content_panels: ClassVar[list[Any]] = [
        ConsentPanel(),
        ApprovalPanel(),
        StorySafetyPanel(),
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("teller"), FieldPanel("age_band")]),
                FieldRowPanel([FieldPanel("life_phase"), FieldPanel("medium")]),
                FieldPanel("is_example"),
            ],
            heading=_("The teller"),
        ),
        FieldPanel("summary"),
        FieldPanel("content_notes"),
        FieldPanel("body"),
        FieldPanel("what_helped"),
        FieldPanel("what_would_have_helped"),
    ]
    about_panels: ClassVar[list[Any]] = [
        FieldPanel("themes"),
        MultipleChooserPanel(
            "barriers", chooser_field_name="barrier", heading=_("Barriers"), label=_("barrier")
        ),
        InlinePanel("places", heading=_("Regions of the story"), label=_("region")),
        MultipleChooserPanel(
            "related_pages", chooser_field_name="page", heading=_("To read on"), label=_("page")
        ),
    ]
    network_panels: ClassVar[list[Any]] = [
        HelpPanel(
            template="stories/admin/network_help.html",
            heading=_("The people around the teller"),
        ),
        InlinePanel(
            "people",
            heading=_("People and organisations"),
            label=_("person or organisation"),
            max_num=MOST_PEOPLE,
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Story")),
            ObjectList(about_panels, heading=_("About")),
            ObjectList(network_panels, heading=_("Network")),
            ObjectList(ShareablePage.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
    search_fields: ClassVar[list[Any]] = [
        *ShareablePage.search_fields,
        index.SearchField("teller"),
        index.SearchField("what_helped"),
        index.SearchField("what_would_have_helped"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *ShareablePage.translatable_fields,
        TranslatableField("teller"),
        TranslatableField("what_helped"),
        TranslatableField("what_would_have_helped"),
        TranslatableField("content_notes"),
        TranslatableField("people"),
        SynchronizedField("is_example", overridable=False),
        SynchronizedField("age_band", overridable=False),
        SynchronizedField("life_phase", overridable=False),
        SynchronizedField("medium", overridable=False),
        SynchronizedField("tagged_items", overridable=False),
        SynchronizedField("barriers", overridable=False),
        SynchronizedField("places", overridable=False),
        SynchronizedField("related_pages", overridable=False),
    ]
    parent_page_types: ClassVar[list[str]] = ["stories.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("life story")
        verbose_name_plural = _("life stories")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.countries = country_code(
            [place.country for place in self.places.all()] + [person.country for person in self.people.all()]
        )
        locale = self.locale if self.locale_id else self.get_default_locale()
        fields = (self.body, self.what_helped, self.what_would_have_helped)
        words = sum(words_in(list(field.raw_data)) for field in fields)
        self.reading_minutes = reading_minutes(words, locale.language_code)
        super().save(*args, **kwargs)

    def get_share_content(self) -> ShareContent:
        """Fiction says that it is, wherever its words go."""
        content = super().get_share_content()
        if not self.is_example:
            return content
        with override(content.language):
            return replace(content, note=gettext("Example story, written by us"))

    def get_share_clearance(self, use: SharingUse) -> Clearance:
        """Online, open to everybody, and agreed to by its teller: for this use, in this language, today."""
        from stories.consent.clearance import consent_for

        consent = consent_for(self, use)
        offline = super().get_share_clearance(use)
        return Clearance((*consent.reasons, *offline.reasons), consent.may_return and offline.may_return)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().serve(request, *args, **kwargs)
        if self.has_embeds:
            # Only here may a frame be opened, and the reader opens it: see stories/blocks/embeds.py.
            response._csp_update = {"frame-src": list(FRAME_HOSTS)}
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what to read on: chosen stories, then the newest ones, and other chosen pages."""
        related = self.related_in_language()
        chosen = [page for page in related if isinstance(page, StoryPage)]
        return {
            **super().get_context(request, *args, **kwargs),
            "index": self.get_parent(),
            "lines_beside": LinesBeside(self.locale.language_code, request.GET),
            "more_stories": [*chosen, *self._newest_others(chosen)][:MORE_STORIES],
            "related": [page for page in related if page not in chosen],
        }

    def _newest_others(self, chosen: list[StoryPage]) -> models.QuerySet[StoryPage]:
        return (
            StoryPage.objects.sibling_of(self, inclusive=False)
            .exclude(pk__in=[page.pk for page in chosen])
            .live()
            .public()
            .order_by("-first_published_at", "-pk")
            .select_related("share_image")
            .prefetch_related("share_image__renditions")[:MORE_STORIES]
        )

    @property
    def borders(self) -> list[Border]:
        """The borders between the countries of this story."""
        return borders_of(self.countries)

    @cached_property
    def has_embeds(self) -> bool:
        """Whether a reader can open a video of another site on this page."""
        return any(block.block_type == "video" and block.value.embed for block in self.body)

    @cached_property
    def shows_network_in_text(self) -> bool:
        return any(block.block_type == "network_map" for block in self.body)

    @cached_property
    def network(self) -> list[Person]:
        """The people around the teller, in the order of the editor."""
        return [row.as_person() for row in self.people.all()]

    def facts(self) -> list[tuple[str, str]]:
        """What is known of the teller, as pairs of heading and text."""
        places: dict[str, list[str]] = {}
        for place in self.places.all():
            places.setdefault(place.get_use_display(), []).append(place.get_region_display())
        facts = [
            (str(_("Age")), self.get_age_band_display()),
            (str(_("Life phase")), self.get_life_phase_display()),
            *((capfirst(use), ", ".join(regions)) for use, regions in places.items()),
        ]
        return [(heading, text) for heading, text in facts if text]

    def related_in_language(self) -> list[Page]:
        """The pages to read on that are online in this language, in the order of the editor."""
        return online_in(self.locale_id, [row.page for row in self.related_pages.select_related("page")])
