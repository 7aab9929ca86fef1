from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoryApproval(models.Model):
    """Somebody found that exactly this version of a story may go online. ``digest`` stands for what is read on it."""

    story = models.ForeignKey("stories.StoryPage", on_delete=models.CASCADE, related_name="approvals")
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("approved by"), on_delete=models.CASCADE, related_name="+"
    )
    about_suicide = models.BooleanField(default=True)
    """Whether this version had the theme, or spoke of it: then the next one needs two people as well."""
    approved_at = models.DateTimeField(_("approved at"), auto_now_add=True)

    class Meta:
        verbose_name = _("approval of a story")
        verbose_name_plural = _("approvals of stories")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["story", "digest", "person"], name="stories_approved_once_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.story}"
