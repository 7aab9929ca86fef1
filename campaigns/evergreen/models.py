from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

REST_DAYS, SHORTEST_REST, LONGEST_REST = 90, 7, 730


class EvergreenAccount(models.Model):
    """An account whose free slots are filled from the queue, and how long the same words rest on it."""

    account = models.OneToOneField(
        "campaigns.SocialAccount",
        on_delete=models.CASCADE,
        related_name="evergreen",
        verbose_name=_("account"),
    )
    is_on = models.BooleanField(_("fill its free slots"), default=False)
    rest_days = models.PositiveSmallIntegerField(
        _("days before the same words return"),
        default=REST_DAYS,
        validators=[MinValueValidator(SHORTEST_REST), MaxValueValidator(LONGEST_REST)],
    )

    class Meta:
        verbose_name = _("account with an evergreen queue")
        verbose_name_plural = _("accounts with an evergreen queue")
        ordering: ClassVar[list[Any]] = ["account"]

    def __str__(self) -> str:
        return str(self.account)


class EvergreenPost(models.Model):
    """A post that stays good: its approved text may be shown again and again."""

    post = models.OneToOneField(
        "campaigns.Post", on_delete=models.CASCADE, related_name="evergreen", verbose_name=_("post")
    )
    position = models.PositiveIntegerField(_("place"))
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("evergreen post")
        verbose_name_plural = _("evergreen posts")
        ordering: ClassVar[list[Any]] = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.post)


class EvergreenTurn(models.Model):
    """A slot that was filled: once and for ever, whatever becomes of the post in it."""

    post = models.OneToOneField("campaigns.Post", on_delete=models.CASCADE, related_name="evergreen_turn")
    source = models.ForeignKey("campaigns.Post", on_delete=models.PROTECT, related_name="evergreen_turns")
    account = models.ForeignKey("campaigns.SocialAccount", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("turn in the evergreen queue")
        verbose_name_plural = _("turns in the evergreen queue")
        ordering: ClassVar[list[Any]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Two workers that fill at once: the second one finds the slot taken.
            models.UniqueConstraint(fields=["account", "at"], name="evergreen_slot_once")
        ]

    def __str__(self) -> str:
        return f"{self.post} · {self.at:%Y-%m-%d %H:%M}"
