"""What every page of the house has in common. All of it is abstract: the pages themselves are plain Wagtail pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.blocks import BodyBlock
from core.safe_messaging.forms import SafeMessagingPageForm
from core.safe_messaging.panel import SafetyPanel
from core.sharing import Clearance, ShareContent, SharingUse
from core.tokens import filled_text

# Written out, never derived: dates and states of a translation are its own (see docs/translation.md).
PAGE_TRANSLATABLE_FIELDS = [
    TranslatableField("title"),
    TranslatableField("slug"),
    TranslatableField("seo_title"),
    TranslatableField("search_description"),
]
SHARE_TRANSLATABLE_FIELDS = [
    TranslatableField("summary"),
    TranslatableField("body"),
    TranslatableField("share_text"),
    SynchronizedField("share_image"),
    TranslatableField("share_image_alt"),
    TranslatableField("share_hashtags"),
]


class ShareablePage(Page):
    """A page with a summary, a body, and content of its own for messages that announce it."""

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences: shown in lists, in search results and when the page is shared."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    share_text = models.TextField(
        _("text to share"),
        max_length=1000,
        blank=True,
        help_text=_("What a message about this page says. Without it, the summary is used."),
    )
    share_image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("image to share"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    share_image_alt = models.CharField(
        _("what the image shows"),
        max_length=500,
        blank=True,
        help_text=_("For people who cannot see the image."),
    )
    share_hashtags = models.CharField(
        _("hashtags"), max_length=255, blank=True, help_text=_("Without #, with spaces between them.")
    )

    translatable_fields: ClassVar[list[Any]] = [*PAGE_TRANSLATABLE_FIELDS, *SHARE_TRANSLATABLE_FIELDS]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("searched_summary", boost=2),
        index.SearchField("searched_body"),
    ]
    base_form_class = SafeMessagingPageForm
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        SafetyPanel(),
    ]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("share_text"),
                FieldPanel("share_image"),
                FieldPanel("share_image_alt"),
                FieldPanel("share_hashtags"),
            ],
            heading=_("When this page is shared"),
        ),
        *Page.promote_panels,
    ]

    class Meta:
        abstract = True

    def searched_summary(self) -> str:
        return filled_text(self.summary, self.locale.language_code)

    def searched_body(self) -> str:
        """What people read is what they search: the value of a fact, never the token that stands for it."""
        texts = self.body.stream_block.get_searchable_content(self.body)
        return filled_text("\n".join(map(str, texts)), self.locale.language_code)

    def clean(self) -> None:
        super().clean()
        if self.share_image and not self.share_image_alt.strip():
            raise ValidationError(
                {"share_image_alt": _("Say what the image shows, for people who cannot see it.")}
            )

    def get_share_content(self) -> ShareContent:
        """What a message about this page starts from."""
        return ShareContent(
            title=self.title,
            text=self.share_text or self.summary or self.title,
            url=self.full_url or "",
            image=self.share_image,
            image_alt=self.share_image_alt,
            language=self.locale.language_code,
            hashtags=tuple(tag.lstrip("#") for tag in self.share_hashtags.split()),
        )

    def get_share_clearance(self, use: SharingUse) -> Clearance:
        """A page may be shared while it can be read."""
        if not self.live:
            return Clearance(reasons=(_("The page is not online."),))
        if self.get_view_restrictions().exists():
            return Clearance(reasons=(_("The page is not open to everybody."),))
        return Clearance()
