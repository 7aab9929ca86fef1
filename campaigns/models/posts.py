from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    Workflow,
    WorkflowMixin,
)
from wagtail.search import index

from .crops import Crop
from .followups import followups_field, texts_in

if TYPE_CHECKING:
    from core.models import CustomImage


class Post(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """One message in one language, linked to its translations. Approved, it goes out on its targets."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campaign"), on_delete=models.PROTECT, related_name="posts"
    )
    text = models.TextField(_("text"), max_length=5000)
    followups = followups_field(
        _(
            "Each part answers the one before, on networks with threads. On the website they stand below the text."
        )
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page it announces"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link = models.URLField(
        _("other address"),
        blank=True,
        max_length=1000,
        help_text=_("Only when the post announces no page of this site."),
    )
    image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(
        _("what the image shows"),
        max_length=1000,
        blank=True,
        help_text=_("For people who cannot see the image."),
    )
    planned_at = models.DateTimeField(
        _("planned at"),
        null=True,
        blank=True,
        help_text=_("Time in Maastricht, Aachen and Liège. Empty: as soon as the post is approved."),
    )

    # The withdrawal of the page it was made from (``core.sharing``), and when its words were erased.
    withdrawal = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="post",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="post",
        for_concrete_model=False,
    )

    # Written by people in each language, so wagtail-localize has nothing to copy (docs/translation.md).
    translatable_fields: ClassVar[list[Any]] = []
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.FilterField("campaign"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering: ClassVar[list[Any]] = ["-planned_at", "-pk"]

    def __str__(self) -> str:
        if self.erased_at:
            return str(_("A post that was erased"))
        return Truncator(" ".join(self.text.split())).chars(80)

    @property
    def language(self) -> str:
        return str(self.locale.language_code)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The post everywhere at once, then on each of its accounts."""
        accounts = [target.account for target in self.targets.all() if target.account_id]
        return [("", _("All accounts")), *((str(account.pk), str(account)) for account in accounts)]

    def get_workflow(self) -> Workflow | None:
        """The steps before it goes out: its campaign's, or those of all posts."""
        from campaigns.workflows import chosen_workflow

        usual: Workflow | None = super().get_workflow()
        return chosen_workflow(self) or usual

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "campaigns/post_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from campaigns.previewing import previews_of

        return {"post": self, "previews": previews_of(self, mode_name)}


class PostTarget(Orderable):
    """An account a post goes to; the text and time only where they differ there."""

    post = ParentalKey(Post, on_delete=models.CASCADE, related_name="targets")
    account = models.ForeignKey(
        "campaigns.SocialAccount", verbose_name=_("account"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(
        _("text on this account"),
        max_length=5000,
        blank=True,
        help_text=_("Only when it differs from the post’s text."),
    )
    followups = followups_field(_("Only when it differs from the post’s."))
    without_followups = models.BooleanField(
        _("without the thread"), default=False, help_text=_("Only the first text goes out on this account.")
    )
    image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("image on this account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only when it differs from the post’s image."),
    )
    image_alt = models.CharField(
        _("what this image shows"),
        max_length=1000,
        blank=True,
        help_text=_("In the language of the post, for people who cannot see it."),
    )
    crop = models.CharField(
        _("shape of the image"),
        max_length=10,
        choices=Crop.choices,
        default=Crop.WHOLE,
        blank=True,
        help_text=_("Cut around the focal point that was set in the library."),
    )
    without_link = models.BooleanField(
        _("without the link"), default=False, help_text=_("The message leads nowhere on this account.")
    )
    planned_at = models.DateTimeField(
        _("time on this account"),
        null=True,
        blank=True,
        help_text=_("Only when it differs from the post’s time."),
    )

    account_id: int

    class Meta(Orderable.Meta):
        verbose_name = _("account of the post")
        verbose_name_plural = _("accounts of the post")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["post", "account"],
                name="campaigns_target_once",
                violation_error_message=_("The post goes to this account already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.account)

    @property
    def own_text(self) -> str:
        return self.text.strip() or self.post.text

    @property
    def own_followups(self) -> list[str]:
        if self.without_followups:
            return []
        return texts_in(self.followups) or texts_in(self.post.followups)

    @property
    def own_image(self) -> CustomImage | None:
        return self.image or self.post.image

    @property
    def own_image_alt(self) -> str:
        """Words belong to their image: another image never takes the words of the post's."""
        if self.own_image is None:
            return ""
        return self.image_alt if self.image else (self.image_alt or self.post.image_alt)

    @property
    def leads_somewhere(self) -> bool:
        return bool(self.post.page_id or self.post.link) and not self.without_link

    @property
    def own_time(self) -> datetime | None:
        return self.planned_at or self.post.planned_at
