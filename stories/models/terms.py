"""The vocabulary of the stories: themes and barriers, each with its name in three languages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel


class Term(TagBase):
    """A word that every language version of a story shares. ``name`` is the Dutch one.

    One row stands for all languages: a story has the same themes wherever it is read, and an address with a filter
    means the same under /nl/, /de/ and /fr/.
    """

    free_tagging = False  # chosen from the list; new words come in with their translations

    name_de = models.CharField(_("name in German"), max_length=100)
    name_fr = models.CharField(_("name in French"), max_length=100)

    panels: ClassVar[list[Any]] = [
        FieldPanel("name", heading=_("name in Dutch")),
        FieldPanel("name_de"),
        FieldPanel("name_fr"),
        FieldPanel("slug", heading=_("short name in addresses")),
    ]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language; the Dutch one where a translation is missing."""
        translated = getattr(self, f"name_{(get_language() or '')[:2]}", "")
        return translated or self.name


class Theme(Term):
    """What a story is about."""

    # Set by a migration, for suicide: nobody turns it off in passing.
    needs_two_approvals = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering: ClassVar[list[str]] = ["name"]


class Barrier(Term):
    """What stood in the way of help, most of all at a border."""

    class Meta:
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")
        ordering: ClassVar[list[str]] = ["name"]


class StoryTheme(ItemBase):
    content_object = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="tagged_items")
    tag = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.CASCADE, related_name="stories")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="stories_theme_once_a_story")
        ]


class StoryBarrier(models.Model):
    story = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="barriers")
    barrier = models.ForeignKey(
        Barrier, verbose_name=_("barrier"), on_delete=models.CASCADE, related_name="stories"
    )

    panels: ClassVar[list[Any]] = [FieldPanel("barrier")]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["story", "barrier"], name="stories_barrier_once_a_story")
        ]

    def __str__(self) -> str:
        return self.barrier.label
