from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.models import Post


def key_of(post: Post) -> UUID:
    """Of the post itself; of the post it repeats where it is a turn in the evergreen queue."""
    source = Post.objects.filter(evergreen_turns__post=post.pk or 0).first()
    return (source or post).translation_key


def posts_with(key: Any) -> QuerySet[Post]:
    """The post with this key in every language, and every turn in which the evergreen queue repeated it."""
    return Post.objects.filter(Q(translation_key=key) | Q(evergreen_turn__source__translation_key=key))


class TakeDown(models.Model):
    """A message that must be gone everywhere, in all its languages. It is never planned again."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="take_downs"
    )
    translation_key = models.UUIDField(unique=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("take-down")
        verbose_name_plural = _("take-downs")
        ordering: ClassVar[list[Any]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.asked_at:%Y-%m-%d}"

    @property
    def posts(self) -> QuerySet[Post]:
        """What has to be gone."""
        return posts_with(self.translation_key)
